//! Lemmas that the shipped weights give to forms of many verbs and nouns, regular and irregular.

use chancery_language::Core;
use chancery_model::Penn;

fn gives(penn: Penn, forms: &[(&str, &str)]) {
    let wrong: Vec<String> = forms
        .iter()
        .map(|&(word, lemma)| (word, lemma, Core::embedded().lemma(word, penn)))
        .filter(|(_, lemma, found)| found != lemma)
        .map(|(word, lemma, found)| format!("{word}: {found}, not {lemma}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn past_forms() {
    gives(Penn::Vbd, PAST);
    gives(Penn::Vbn, PAST);
}

const PAST: &[(&str, &str)] = &[
    ("fought", "fight"),
    ("found", "find"),
    ("was", "be"),
    ("shot", "shoot"),
    ("froze", "freeze"),
    ("outlawed", "outlaw"),
    ("raided", "raid"),
    ("won", "win"),
    ("led", "lead"),
    ("met", "meet"),
    ("sought", "seek"),
    ("withdrew", "withdraw"),
    ("overthrew", "overthrow"),
    ("upheld", "uphold"),
    ("bid", "bid"),
    ("hit", "hit"),
    ("broke", "break"),
    ("sent", "send"),
    ("lent", "lend"),
    ("sworn", "swear"),
    ("thought", "think"),
    ("told", "tell"),
    ("struck", "strike"),
    ("slain", "slay"),
    ("fled", "flee"),
    ("felt", "feel"),
    ("fell", "fall"),
    ("rose", "rise"),
    ("laid", "lay"),
    ("paid", "pay"),
    ("bought", "buy"),
    ("taught", "teach"),
    ("kept", "keep"),
    ("gave", "give"),
    ("given", "give"),
    ("began", "begin"),
    ("drove", "drive"),
    ("chose", "choose"),
    ("stolen", "steal"),
    ("torn", "tear"),
    ("worn", "wear"),
    ("shown", "show"),
    ("drawn", "draw"),
    ("forgave", "forgive"),
    ("foresaw", "foresee"),
    ("undertook", "undertake"),
    ("rebuilt", "rebuild"),
    ("stood", "stand"),
    ("ran", "run"),
    ("spoke", "speak"),
    ("hung", "hang"),
    ("banned", "ban"),
    ("planned", "plan"),
    ("stopped", "stop"),
    ("transferred", "transfer"),
    ("referred", "refer"),
    ("barred", "bar"),
    ("dropped", "drop"),
    ("permitted", "permit"),
    ("admitted", "admit"),
    ("committed", "commit"),
    ("rebelled", "rebel"),
    ("controlled", "control"),
    ("visited", "visit"),
    ("offered", "offer"),
    ("entered", "enter"),
    ("opened", "open"),
    ("killed", "kill"),
    ("passed", "pass"),
    ("called", "call"),
    ("added", "add"),
    ("denied", "deny"),
    ("tried", "try"),
    ("defied", "defy"),
    ("allied", "ally"),
    ("occupied", "occupy"),
    ("ratified", "ratify"),
    ("accused", "accuse"),
    ("urged", "urge"),
    ("pledged", "pledge"),
    ("hoped", "hope"),
    ("agreed", "agree"),
    ("freed", "free"),
    ("seized", "seize"),
    ("arrested", "arrest"),
    ("boycotted", "boycott"),
    ("vetoed", "veto"),
    ("invaded", "invade"),
    ("evacuated", "evacuate"),
    ("imposed", "impose"),
    ("raised", "raise"),
    ("ceased", "cease"),
    ("released", "release"),
    ("welcomed", "welcome"),
    ("rescued", "rescue"),
    ("argued", "argue"),
    ("continued", "continue"),
    ("staged", "stage"),
    ("damaged", "damage"),
    ("challenged", "challenge"),
    ("exchanged", "exchange"),
    ("danced", "dance"),
    ("announced", "announce"),
    ("renounced", "renounce"),
    ("backed", "back"),
    ("attacked", "attack"),
    ("mimicked", "mimic"),
    ("panicked", "panic"),
    ("used", "use"),
    ("died", "die"),
    ("lied", "lie"),
    ("tied", "tie"),
    ("tweeted", "tweet"),
    ("hacked", "hack"),
];

#[test]
fn third_person() {
    gives(Penn::Vbz, THIRD);
    // a form that is tagged as another one still leads to its verb
    gives(Penn::Vbp, THIRD);
}

const THIRD: &[(&str, &str)] = &[
    ("accuses", "accuse"),
    ("raids", "raid"),
    ("denies", "deny"),
    ("reaches", "reach"),
    ("passes", "pass"),
    ("vetoes", "veto"),
    ("goes", "go"),
    ("urges", "urge"),
    ("lies", "lie"),
    ("says", "say"),
    ("focuses", "focus"),
    ("imposes", "impose"),
    ("condemns", "condemn"),
    ("seizes", "seize"),
];

#[test]
fn gerunds() {
    gives(
        Penn::Vbg,
        &[
            ("dying", "die"),
            ("lying", "lie"),
            ("tying", "tie"),
            ("planning", "plan"),
            ("making", "make"),
            ("running", "run"),
            ("meeting", "meet"),
            ("accusing", "accuse"),
            ("boycotting", "boycott"),
            ("pledging", "pledge"),
            ("seeing", "see"),
            ("freeing", "free"),
            ("vetoing", "veto"),
            ("fleeing", "flee"),
            ("getting", "get"),
            ("bombing", "bomb"),
            ("shelling", "shell"),
            ("raising", "raise"),
            ("occupying", "occupy"),
        ],
    );
}

#[test]
fn plurals() {
    gives(
        Penn::Nns,
        &[
            ("men", "man"),
            ("spokeswomen", "spokeswoman"),
            ("parties", "party"),
            ("armies", "army"),
            ("buses", "bus"),
            ("houses", "house"),
            ("bases", "base"),
            ("crises", "crisis"),
            ("wives", "wife"),
            ("knives", "knife"),
            ("taxes", "tax"),
            ("allies", "ally"),
            ("treaties", "treaty"),
            ("talks", "talk"),
            ("forces", "force"),
            ("heroes", "hero"),
            ("countries", "country"),
            ("children", "child"),
            ("prisoners", "prisoner"),
            ("drones", "drone"),
            ("envoys", "envoy"),
        ],
    );
}

#[test]
fn words_in_their_dictionary_form_stay() {
    for (penn, words) in [
        (Penn::Vb, ["found", "bid", "shed", "embed", "bring", "focus"]),
        (Penn::Nn, ["freshwater", "meeting", "news", "virus", "crisis", "ceasefire"]),
        (Penn::Jj, ["viscous", "former", "upper", "united", "leading", "fewest"]),
    ] {
        gives(penn, &words.map(|word| (word, word)));
    }
}
