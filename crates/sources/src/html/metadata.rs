//! What a page says of its publication: JSON-LD first, then OpenGraph and other meta elements, microdata, `<time>`, and
//! what can be seen: headline, byline, the URL.

use dom_query::Document as Dom;
use jiff::civil::Date;
use serde_json::Value;

use super::dates;

/// A value and the place where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding<T> {
    pub(super) value: T,
    pub(super) place: String,
}

impl<T> Finding<T> {
    pub(super) fn new(value: T, place: impl Into<String>) -> Finding<T> {
        Finding { value, place: place.into() }
    }
}

/// What is known of the page.
#[derive(Default)]
pub(super) struct Metadata {
    pub(super) title: Option<Finding<String>>,
    pub(super) date: Option<Finding<Date>>,
    pub(super) author: Option<Finding<String>>,
    pub(super) source: Option<Finding<String>>,
    pub(super) url: Option<Finding<String>>,
    pub(super) language: Option<String>,
    /// `articleBody` of JSON-LD.
    pub(super) body: Option<String>,
}

/// Longest title, name or URL that is believed, in bytes.
const MAX_VALUE: usize = 1000;

/// Longest JSON-LD that is read, in bytes.
const MAX_JSON: usize = 1 << 20;

pub(super) fn read(dom: &Dom, given_url: Option<&str>) -> Metadata {
    let article = json_ld(dom);
    let meta = metas(dom);
    let source = source(article.as_ref(), &meta);
    let url = url(dom, article.as_ref(), &meta, given_url);
    let domain = url.as_ref().map(|url| domain_name(&url.value)).unwrap_or_default();
    let outlet = source.as_ref().map(|source| source.value.clone()).unwrap_or_default();
    let title = title(dom, article.as_ref(), &meta, &[&outlet, &domain]);
    let date = date(dom, article.as_ref(), &meta, url.as_ref().map(|url| url.value.as_str()), given_url);
    let author = author(dom, article.as_ref(), &meta, &outlet);
    let language = dom.select("html").attr("lang").map(|lang| lang.to_string());
    let language =
        language.or_else(|| look(&meta, &["og:locale", "content-language", "dc.language"]).map(|f| f.value));
    let language = language.and_then(|lang| primary_subtag(&lang));
    let body = article.as_ref().and_then(|node| string(&node["articleBody"]));
    Metadata { title, date, author, source, url, language, body }
}

/// The JSON-LD node that stands for the article: the one of an article's type, else one with a headline.
fn json_ld(dom: &Dom) -> Option<Value> {
    let mut best: Option<(u8, Value)> = None;
    for script in dom.select("script[type*='ld+json']").nodes().iter().take(40) {
        let text = script.text();
        if text.len() > MAX_JSON {
            continue;
        }
        // Line ends within strings are no JSON, but common.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';');
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(values) => waiting.extend(values.into_iter().rev()),
                Value::Object(mut fields) => {
                    if let Some(graph) = fields.remove("@graph") {
                        waiting.push(graph);
                    }
                    if let Some(entity) = fields.get("mainEntity").filter(|entity| entity.is_object()).cloned() {
                        waiting.push(entity);
                    }
                    let node = Value::Object(fields);
                    let rank = rank(&node);
                    if rank > 0 && best.as_ref().is_none_or(|(best, _)| rank > *best) {
                        best = Some((rank, node));
                    }
                }
                _ => {}
            }
        }
    }
    best.map(|(_, node)| node)
}

fn rank(node: &Value) -> u8 {
    let types: Vec<&str> = match &node["@type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let article = types.iter().any(|kind| {
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || matches!(*kind, "Report" | "Review" | "ClaimReview")
    });
    let dated = node.get("datePublished").is_some();
    let page = types.iter().any(|kind| kind.ends_with("Page"));
    match (article, dated, page) {
        (true, true, _) => 4,
        (true, false, _) => 3,
        (_, true, true) => 2,
        (_, true, _) if node.get("headline").is_some() => 1,
        _ => 0,
    }
}

/// Every meta element: its name in lower case, and its content.
fn metas(dom: &Dom) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in dom.select("meta").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|key| node.attr(key));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            found.push((name.trim().to_lowercase(), content.to_string()));
        }
    }
    found
}

fn look(meta: &[(String, String)], names: &[&str]) -> Option<Finding<String>> {
    names.iter().find_map(|name| {
        meta.iter()
            .filter(|(key, _)| key == name)
            .find_map(|(_, content)| Some(Finding::new(clean(content)?, format!("meta {name}"))))
    })
}

fn title(
    dom: &Dom,
    article: Option<&Value>,
    meta: &[(String, String)],
    outlets: &[&str],
) -> Option<Finding<String>> {
    let page_title = clean(&dom.select_single("title").text());
    let cut = |text: &str| text.ends_with("...") || text.ends_with('…');
    let structured =
        article.and_then(|node| string(&node["headline"])).map(|t| Finding::new(t, "JSON-LD headline"));
    let open = look(meta, &["og:title"]);
    let known: Vec<&str> = [&structured, &open].into_iter().flatten().map(|f| f.value.as_str()).collect();
    let heading = heading(dom, page_title.as_deref(), &known, outlets);
    let candidates = [
        heading.map(|text| Finding::new(text, "h1")),
        structured,
        open,
        look(meta, &["twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"]),
        page_title.map(|text| Finding::new(text, "title element")),
    ];
    let usable: Vec<Finding<String>> = candidates
        .into_iter()
        .flatten()
        .map(|f| Finding { value: without_outlet(&f.value, outlets, f.place == "title element"), ..f })
        .filter(|f| !f.value.is_empty() && !outlets.iter().any(|outlet| same(outlet, &f.value)))
        .collect();
    usable.iter().find(|f| !cut(&f.value)).or(usable.first()).cloned()
}

/// Share of a heading's words that the page's other titles must have too, for it to be the article's. Chosen by eye:
/// outlets word them anew for search engines.
const SHARED: f64 = 0.3;

/// The headline that readers see: the first heading that resembles what the page calls itself elsewhere.
fn heading(dom: &Dom, page_title: Option<&str>, known: &[&str], outlets: &[&str]) -> Option<String> {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let others: std::collections::HashSet<String> =
        known.iter().copied().chain(page_title).flat_map(words).collect();
    let nodes = dom.select("h1");
    let mut headings = nodes.nodes().iter().take(20).filter_map(|node| clean(&node.text()));
    headings.find(|text| {
        let own = words(text);
        let shared = own.iter().filter(|word| others.contains(*word)).count();
        let like = own.len() >= 3 && shared as f64 >= SHARED * own.len() as f64;
        let within = page_title.is_some_and(|title| letters(title).starts_with(&letters(text)) && own.len() > 1);
        (like || within) && !outlets.iter().any(|outlet| same(outlet, text))
    })
}

/// The title without the outlet's name before or behind it; of the title element any short last part is taken for it.
fn without_outlet(title: &str, outlets: &[&str], is_page_title: bool) -> String {
    for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " · "] {
        if let Some((rest, last)) = title.rsplit_once(separator) {
            let short = last.split_whitespace().count() <= 4 && rest.split_whitespace().count() >= 3;
            if outlets.iter().any(|outlet| same(outlet, last)) || is_page_title && short {
                return without_outlet(rest.trim(), outlets, is_page_title);
            }
        }
        if let Some((first, rest)) = title.split_once(separator)
            && outlets.iter().any(|outlet| same(outlet, first))
        {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

fn date(
    dom: &Dom,
    article: Option<&Value>,
    meta: &[(String, String)],
    url: Option<&str>,
    given_url: Option<&str>,
) -> Option<Finding<Date>> {
    let parse = |f: Finding<String>| dates::find(&f.value).map(|date| Finding::new(date, f.place));
    // At midnight in Greenwich it is still the day before in America: the day that readers see is the outlet's own.
    let parse_here = |f: Finding<String>| {
        let found = parse(f)?;
        let shown = shown_dates(dom);
        let count = |day: Date| shown.iter().filter(|shown| **shown == day).count();
        match found.value.yesterday() {
            Ok(eve) if count(eve) > count(found.value) => {
                Some(Finding::new(eve, format!("date line, a day before {}", found.place)))
            }
            _ => Some(found),
        }
    };
    let structured = |field: &str| {
        let value = article.and_then(|node| string(&node[field]))?;
        parse_here(Finding::new(value, format!("JSON-LD {field}")))
    };
    structured("datePublished")
        .or_else(|| PUBLISHED.iter().find_map(|name| look(meta, &[name]).and_then(parse_here)))
        .or_else(|| attribute_date(dom, "[itemprop='datePublished']", "itemprop datePublished"))
        .or_else(|| attribute_date(dom, "time[pubdate], article time[datetime], time.published", "time element"))
        .or_else(|| [url, given_url].into_iter().flatten().find_map(dates::in_url).map(|d| Finding::new(d, "URL")))
        .or_else(|| structured("dateCreated"))
        .or_else(|| attribute_date(dom, "time", "time element"))
        .or_else(|| attribute_date(dom, DATE_CLASSES, "date line"))
        .or_else(|| structured("dateModified"))
        .or_else(|| MODIFIED.iter().find_map(|name| look(meta, &[name]).and_then(parse)))
}

/// Names under which the day of publication is given, the surest first.
const PUBLISHED: [&str; 24] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "pub_date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "article_date_original",
    "sn-post-date",
    "originalpublicationdate",
    "article:post_date",
    "date",
];

const MODIFIED: [&str; 3] = ["article:modified_time", "og:updated_time", "last-modified"];

/// Where pages that have nothing better show their date.
const DATE_CLASSES: &str = "[class*='publish'], [class*='posted'], [class*='timestamp'], [class*='dateline'], \
    [class*='byline'], [class*='post-meta'], [class*='entry-meta'], [class*='date'], [id*='date'], [class*='time']";

/// The days that readers see in elements that are made for dates, in the order of the page.
fn shown_dates(dom: &Dom) -> Vec<Date> {
    let shown = dom.select(&format!("time, {DATE_CLASSES}"));
    // A container that is named for its date holds half the page.
    let small = shown.nodes().iter().filter(|node| node.descendants_it().nth(30).is_none());
    let texts = small.take(40).map(|node| node.text()).filter(|text| text.len() < 400);
    texts.filter_map(|text| dates::find(text.trim())).collect()
}

fn attribute_date(dom: &Dom, selector: &str, place: &str) -> Option<Finding<Date>> {
    dom.select(selector).nodes().iter().take(30).find_map(|node| {
        let given = ["datetime", "content", "title"].into_iter().find_map(|name| dates::find(&node.attr(name)?));
        let text = node.text();
        let shown = (text.len() < 400).then(|| dates::find(text.trim())).flatten();
        let is_eve = |day: Date| given.and_then(|given| given.yesterday().ok()) == Some(day);
        shown.filter(|day| is_eve(*day)).or(given).or(shown).map(|date| Finding::new(date, place))
    })
}

fn author(dom: &Dom, article: Option<&Value>, meta: &[(String, String)], outlet: &str) -> Option<Finding<String>> {
    let names = article.map(|node| people(&node["author"])).unwrap_or_default();
    let structured = (!names.is_empty()).then(|| Finding::new(names.join(", "), "JSON-LD author"));
    let metas = look(meta, &["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"]);
    let shown = || {
        let selector = "[rel='author'], [itemprop='author'], .byline__name, .author-name, .byline, .author";
        let text = dom.select(selector).nodes().iter().take(5).find_map(|node| clean(&node.text()))?;
        Some(Finding::new(text, "byline"))
    };
    let acceptable = |f: Finding<String>| {
        let value = f.value.trim_start_matches("By ").trim_start_matches("by ").trim().to_owned();
        let good = !value.starts_with("http") && value.len() <= 120 && !value.is_empty() && !same(outlet, &value);
        good.then_some(Finding { value, ..f })
    };
    structured.and_then(acceptable).or_else(|| metas.and_then(acceptable)).or_else(|| shown().and_then(acceptable))
}

fn people(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().take(20).flat_map(people).collect(),
        Value::Object(fields) => fields.get("name").map(people).unwrap_or_default(),
        other => string(other).into_iter().collect(),
    }
}

fn source(article: Option<&Value>, meta: &[(String, String)]) -> Option<Finding<String>> {
    look(meta, &["og:site_name"])
        .or_else(|| {
            let name = article.and_then(|node| people(&node["publisher"]).into_iter().next())?;
            Some(Finding::new(name, "JSON-LD publisher"))
        })
        .or_else(|| look(meta, &["application-name", "dc.publisher", "copyright"]).filter(|f| f.value.len() < 60))
}

fn url(
    dom: &Dom,
    article: Option<&Value>,
    meta: &[(String, String)],
    given: Option<&str>,
) -> Option<Finding<String>> {
    let canonical = dom.select("link[rel='canonical']").attr("href").and_then(|href| clean(&href));
    let main = article
        .and_then(|node| string(&node["mainEntityOfPage"]).or_else(|| string(&node["mainEntityOfPage"]["@id"])));
    let candidates = [
        canonical.map(|href| Finding::new(href, "link canonical")),
        look(meta, &["og:url"]),
        main.map(|href| Finding::new(href, "JSON-LD mainEntityOfPage")),
    ];
    let absolute = |f: &Finding<String>| f.value.starts_with("http://") || f.value.starts_with("https://");
    let found = candidates.into_iter().flatten().find(absolute);
    found.or_else(|| given.map(|url| Finding::new(url.to_owned(), "URL")))
}

/// A string of JSON-LD, which often is escaped as HTML once more.
fn string(value: &Value) -> Option<String> {
    value
        .as_str()
        .and_then(|text| if text.len() > 200_000 { None } else { Some(unescape(text.trim())) })
        .filter(|text| !text.is_empty())
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for (escape, character) in [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&#8217;", "’"),
        ("&rsquo;", "’"),
        ("&#8216;", "‘"),
        ("&lsquo;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&#8212;", "—"),
        ("&#8230;", "…"),
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, character);
    }
    text
}

/// The text with single spaces; `None` if nothing is left of it or it is too long to be a name.
fn clean(text: &str) -> Option<String> {
    if text.len() > 20 * MAX_VALUE {
        return None;
    }
    let text = unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    (!text.is_empty() && text.len() <= MAX_VALUE).then_some(text)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True if two names of an outlet are one: "The New York Times" and "nytimes" are not, "BBC News" and "BBC news" are.
fn same(outlet: &str, text: &str) -> bool {
    let bare = |name: &str| {
        let letters = letters(name);
        let letters = letters.strip_prefix("the").unwrap_or(&letters);
        ["com", "org", "net"].iter().find_map(|end| letters.strip_suffix(end)).unwrap_or(letters).to_owned()
    };
    let (outlet, text) = (bare(outlet), bare(text));
    !outlet.is_empty() && outlet == text
}

/// The name in a host: "washingtonpost" of `https://www.washingtonpost.com/x`.
fn domain_name(url: &str) -> String {
    let host =
        url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', ':', '?']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let at = if labels.len() > 2 && labels[labels.len() - 2].len() <= 3 { 3 } else { 2 };
    labels.len().checked_sub(at).map_or_else(|| host.to_owned(), |at| labels[at].to_owned())
}

fn primary_subtag(lang: &str) -> Option<String> {
    let primary = lang.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic())).then_some(primary)
}
