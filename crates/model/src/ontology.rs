//! PLOVER, the event ontology of the Open Event Data Alliance (manual 0.8b, 2021), as closed lists.

use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident: $($(#[$vmeta:meta])* $variant:ident $label:literal),+ $(,)?) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs)] // the terms are PLOVER's own
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $label)] $variant),+ }

        impl $name {
            /// Every term, in the manual's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The term as the ontology writes it.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
            }

            /// The term that the ontology writes so; `None` if there is none.
            pub fn from_label(label: &str) -> Option<$name> {
                match label { $($label => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.pad(self.label())
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// What one party does to or with another.
    EventType: Agree "AGREE", Consult "CONSULT", Support "SUPPORT", Concede "CONCEDE", Cooperate "COOPERATE",
    Aid "AID", Retreat "RETREAT", Request "REQUEST", Accuse "ACCUSE", Reject "REJECT", Threaten "THREATEN",
    Protest "PROTEST", Sanction "SANCTION", Mobilize "MOBILIZE", Coerce "COERCE", Assault "ASSAULT",
}

vocabulary! {
    /// How an act of a given type is done.
    Mode: Visit "visit", ThirdParty "third-party", Multilateral "multilateral", Phone "phone",
    Withdraw "withdraw", Release "release", Disarm "disarm", Ceasefire "ceasefire", Access "access",
    Resign "resign", Assist "assist", Change "change", Yield "yield", Meet "meet", Disapprove "disapprove",
    Investigate "investigate", Allege "allege", Restrict "restrict", Arrest "arrest", Relations "relations",
    Expel "expel", Territory "territory", Violence "violence", Demo "demo", Riot "riot", Strike "strike",
    Hunger "hunger", Boycott "boycott", Obstruct "obstruct", Vandalize "vandalize", Convict "convict",
    Discontinue "discontinue", Troops "troops", Weapons "weapons", Police "police", Militia "militia",
    Seize "seize", Censor "censor", Curfew "curfew", MartialLaw "martial-law", Deport "deport",
    Withhold "withhold", Misinformation "misinformation", Cyber "cyber", Abduct "abduct", Beat "beat",
    Torture "torture", Sexual "sexual", Targeted "targeted", Destroy "destroy", Primitive "primitive",
    Firearms "firearms", Explosives "explosives", SuicideAttack "suicide-attack", Aerial "aerial",
    Drone "drone", HeavyWeapons "heavy-weapons", CrowdControl "crowd-control",
    Unconventional "unconventional",
}

vocabulary! {
    /// The matter that an act is about.
    Context: Military "military", Intelligence "intelligence", Executive "executive",
    Legislative "legislative", Election "election", PoliticalInstitutions "political_institutions",
    ProDemocracy "pro_democracy", ProAutocracy "pro_autocracy", Economic "economic", Legal "legal",
    Reparations "reparations", HumanRights "human_rights", RightsFreedoms "rights_freedoms",
    Repression "repression", HumanSecurity "human_security", Gender "gender", Lgbt "lgbt",
    ReligionEthnicity "religion_ethnicity", Inequality "inequality", Diplomatic "diplomatic",
    Territory "territory", Peacekeeping "peacekeeping", Health "health", Asylum "asylum",
    Migration "migration", Disasters "disasters", NaturalResource "natural_resource",
    Environment "environment", Technology "technology", Terrorism "terrorism", Cbrn "cbrn", Cyber "cyber",
    Misinformation "misinformation", Crime "crime", Corruption "corruption", IllegalDrugs "illegal_drugs",
    Trafficking "trafficking",
}

vocabulary! {
    /// What sort of party acts.
    Sector: Government "GOV", Military "MIL", Police "COP", Intelligence "SPY", Judiciary "JUD",
    Legislature "LEG", Party "PTY", Opposition "OPP", Rebel "REB", UnidentifiedArmed "UAF",
    Paramilitary "PRM", Separatist "PRE", Business "BUS", Labour "LAB", Agriculture "AGR", Civilian "CVL",
    Education "EDU", Journalist "JRN", Medical "MED", Religious "REL", Refugee "REF", Criminal "CRM",
    Elite "ELI", Society "SOC", Unknown "UNK",
}

vocabulary! {
    /// Whether an event happened.
    Status: Actual "actual", Historical "historical", Future "future", Hypothetical "hypothetical",
    Negated "negated",
}

vocabulary! {
    /// Cooperation or conflict, in words or in deeds.
    Quad: VerbalCooperation "verbal cooperation", MaterialCooperation "material cooperation",
    VerbalConflict "verbal conflict", MaterialConflict "material conflict",
}

impl EventType {
    /// The type's quad class; SANCTION is taken as material conflict, as its section of the manual says.
    pub fn quad(self) -> Quad {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }

    /// The modes that the type allows, each with its intensity on the manual's scale of -10 to 10
    /// (the type's own where the manual gives the mode none).
    pub fn modes(self) -> &'static [(Mode, f64)] {
        use EventType::*;
        use Mode::*;
        match self {
            Consult => &[(Visit, 4.0), (ThirdParty, 1.0), (Multilateral, 4.0), (Phone, 1.5)],
            Retreat => {
                &[(Withdraw, 8.0), (Release, 6.5), (Disarm, 10.0), (Ceasefire, 7.5), (Access, 6.5), (Resign, 4.5)]
            }
            Request => &[(Assist, 0.5), (Change, -1.0), (Yield, -1.0), (Meet, 0.0)],
            Reject => &[(Assist, -1.5), (Change, -2.0), (Yield, -2.0), (Meet, -2.0)],
            Accuse => &[(Disapprove, -2.0), (Investigate, -3.5), (Allege, -3.5)],
            Threaten => &[
                (Restrict, -3.5),
                (Arrest, -3.5),
                (Relations, -3.5),
                (Expel, -3.5),
                (Territory, -4.0),
                (Violence, -3.5),
            ],
            Protest => &[
                (Demo, -5.0),
                (Riot, -7.0),
                (Strike, -5.0),
                (Hunger, -4.5),
                (Boycott, -4.5),
                (Obstruct, -4.5),
                (Vandalize, -5.0),
            ],
            Sanction => &[(Convict, -6.0), (Expel, -5.5), (Withdraw, -6.0), (Discontinue, -6.0)],
            Mobilize => &[(Troops, -6.5), (Weapons, -6.5), (Police, -5.5), (Militia, -6.0)],
            Coerce => &[
                (Seize, -7.0),
                (Restrict, -7.0),
                (Censor, -6.5),
                (Curfew, -6.5),
                (MartialLaw, -7.5),
                (Arrest, -7.0),
                (Deport, -7.0),
                (Withhold, -7.0),
                (Misinformation, -6.5),
                (Cyber, -7.0),
            ],
            Assault => &[
                (Abduct, -8.5),
                (Beat, -7.5),
                (Torture, -8.5),
                (Sexual, -8.5),
                (Targeted, -9.5),
                (Destroy, -8.5),
                (Primitive, -8.0),
                (Firearms, -9.0),
                (Explosives, -9.0),
                (SuicideAttack, -9.5),
                (Aerial, -9.5),
                (Drone, -9.5),
                (HeavyWeapons, -9.5),
                (CrowdControl, -7.5),
                (Unconventional, -10.0),
            ],
            Agree | Support | Concede | Cooperate | Aid => &[],
        }
    }

    /// The intensity of the type on the manual's scale of -10 (worst) to 10 (best), or that of its mode.
    pub fn intensity(self, mode: Option<Mode>) -> f64 {
        use EventType::*;
        let of_mode = mode.and_then(|wanted| self.modes().iter().find(|(m, _)| *m == wanted));
        if let Some((_, intensity)) = of_mode {
            return *intensity;
        }
        match self {
            Agree | Consult => 2.5,
            Support => 5.0,
            Concede => 4.5,
            Cooperate => 9.5,
            Aid => 10.0,
            Retreat => 6.5,
            Request => 0.0,
            Accuse => -3.0,
            Reject => -2.0,
            Threaten => -3.5,
            Protest => -5.0,
            Sanction => -6.0,
            Mobilize => -5.5,
            Coerce => -7.0,
            Assault => -9.0,
        }
    }

    /// True where the order of the parties carries little: who met, agreed, signed or traded with whom.
    pub fn is_mutual(self) -> bool {
        matches!(self, EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intensity_has_the_sign_of_the_quad_class() {
        for &kind in EventType::ALL {
            let modes = kind.modes().iter().map(|(mode, _)| Some(*mode)).chain([None]);
            for mode in modes {
                let intensity = kind.intensity(mode);
                match kind.quad() {
                    Quad::VerbalCooperation | Quad::MaterialCooperation => assert!(intensity > 0.0),
                    Quad::VerbalConflict => assert!(intensity <= 0.5, "{kind} {mode:?}"),
                    Quad::MaterialConflict => assert!(intensity < 0.0),
                }
            }
        }
    }

    #[test]
    fn labels_are_read_back() {
        for &mode in Mode::ALL {
            assert_eq!(Mode::from_label(mode.label()), Some(mode));
        }
        assert_eq!(EventType::from_label("YIELD"), None);
    }
}
