//! Whether a page is what it seems: every tag closed by its own, every attribute known and quoted, and no sign in a
//! text that could begin a tag.

/// Tags that have no end.
const VOID: [&str; 3] = ["meta", "br", "hr"];

/// Attributes that the page uses; whatever else appears has broken out of a text.
const ATTRIBUTES: [&str; 31] = [
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "id",
    "href",
    "role",
    "scope",
    "tabindex",
    "viewBox",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "d",
    "points",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "colspan",
    "title",
    "open",
];

/// Every fault, in words.
pub fn faults(page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        if rest[..at].contains('>') {
            faults.push(format!("a bare > in {:?}", &rest[..at]));
        }
        let Some(end) = rest[at..].find('>').map(|end| at + end) else {
            faults.push("a tag without an end".to_owned());
            break;
        };
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let opened = open.pop();
            if opened != Some(name) {
                faults.push(format!("{opened:?} is closed by {name}"));
            }
        } else if !tag.starts_with('!') {
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            faults.extend(attributes(tag, name));
            if !tag.ends_with('/') && !VOID.contains(&name) {
                open.push(name);
            }
            if name == "style" {
                rest = rest.find("</style>").map_or("", |end| &rest[end..]);
            }
        }
    }
    if rest.contains('>') {
        faults.push("a bare > at the end".to_owned());
    }
    faults.extend(open.into_iter().map(|name| format!("{name} is not closed")));
    faults
}

/// What is wrong with the attributes of one tag.
fn attributes(tag: &str, name: &str) -> Vec<String> {
    let list = tag[name.len()..].trim_end_matches('/');
    let pieces: Vec<&str> = list.split('"').collect();
    let mut faults = Vec::new();
    if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric()) || pieces.len().is_multiple_of(2) {
        faults.push(format!("<{tag}> cannot be read"));
    }
    let names = pieces.iter().step_by(2).map(|piece| piece.trim()).filter(|piece| !piece.is_empty());
    for piece in names {
        let known = piece.strip_suffix('=').is_some_and(|name| ATTRIBUTES.contains(&name));
        if !known {
            faults.push(format!("<{tag}> has {piece}"));
        }
    }
    faults
}

/// Every coordinate of every line, text and course on the page.
pub fn coordinates(page: &str) -> Vec<f64> {
    let mut found = Vec::new();
    for start in [" x=\"", " y=\"", " x1=\"", " y1=\"", " x2=\"", " y2=\"", " points=\""] {
        for (at, _) in page.match_indices(start) {
            let value = page[at + start.len()..].split('"').next().unwrap_or_default();
            let figures = value.split([' ', ',']).filter(|figure| !figure.is_empty());
            found.extend(figures.map(|figure| figure.parse::<f64>().unwrap_or(f64::NAN)));
        }
    }
    found
}
