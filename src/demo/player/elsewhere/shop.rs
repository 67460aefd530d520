//! A web shop, played through the tools of a browser: find an item, put it into the basket, read the total.

use serde_json::{Map, Value};

use super::{
    Choice, Elsewhere, call, called,
    page::{Page, Part},
};

const NAVIGATE: &str = "browser_navigate";
const SNAPSHOT: &str = "browser_snapshot";
const CLICK: &str = "browser_click";
const TYPE: &str = "browser_type";
const GOAL_REACHED: &str = "goal_reached";

/// What a basket is called.
const BASKETS: [&str; 3] = ["basket", "cart", "bag"];
/// What putting something into it is called.
const PUT: [&str; 3] = ["put", "add", "buy"];
/// After these an item is named, and before those its name ends.
const BEFORE_ITEM: [&str; 5] = ["find ", "buy ", "get ", "search for ", "order "];
const AFTER_ITEM: [&str; 9] = [" in ", " at ", " on ", " from ", " into ", " and ", ",", ".", ";"];

/// Whether the actions are those of a browser.
pub(super) fn can_be_played(place: &Elsewhere<'_>) -> bool {
    [NAVIGATE, SNAPSHOT, CLICK].iter().all(|name| place.offers(name).is_some())
}

/// The next move.
pub(super) fn choose(place: &Elsewhere<'_>) -> Choice {
    let page = Page::read(place.seen);
    let errand = Errand::read(place.goal);
    errand.at_another_address(&page).or_else(|| errand.in_the_shop(place, &page)).unwrap_or_else(|| Choice {
        call: call(SNAPSHOT, []),
        thought: "I see nothing here that my script knows what to do with, so I look again.".to_owned(),
    })
}

/// What the goal asks for.
struct Errand {
    /// Empty where the goal names none.
    address: String,
    item: String,
    /// Its words in small letters.
    words: Vec<String>,
}

impl Errand {
    fn read(goal: &str) -> Self {
        let item = item(goal);
        let words = item.split_whitespace().map(str::to_lowercase).collect();
        Self { address: address(goal), item, words }
    }

    fn is_named_by(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        !self.words.is_empty() && self.words.iter().all(|word| text.contains(word))
    }

    fn at_another_address(&self, page: &Page) -> Option<Choice> {
        if self.address.is_empty() || origin(&page.address) == origin(&self.address) {
            return None;
        }
        let thought = format!("The shop is at {}, so I open it.", self.address);
        Some(Choice { call: call(NAVIGATE, [("url", Value::from(self.address.as_str()))]), thought })
    }

    fn in_the_shop(&self, place: &Elsewhere<'_>, page: &Page) -> Option<Choice> {
        if page.parts.iter().all(|part| part.reference.is_empty()) {
            return None;
        }
        let is_bought = has_worked(place, CLICK, |arguments| {
            arguments.get("element").and_then(Value::as_str).is_some_and(puts_into_basket)
        });
        self.at_the_basket(page, is_bought)
            .or_else(|| self.to_the_basket(place, page).filter(|_| is_bought))
            .or_else(|| self.at_the_item(place, page).filter(|_| !is_bought))
            .or_else(|| self.to_the_item(place, page))
            .or_else(|| self.search(place, page))
    }

    /// Reads the total where the item lies in the basket.
    fn at_the_basket(&self, page: &Page, is_bought: bool) -> Option<Choice> {
        let is_basket = BASKETS.iter().any(|basket| page.is_about(&[(*basket).to_owned()]));
        let lies_in_it = page.parts.iter().any(|part| self.is_named_by(&part.words()));
        let total = total(page).filter(|_| is_basket && (lies_in_it || is_bought))?;
        let report = format!("{} is in the basket, and the total is {total}", self.item);
        let thought = format!("The basket holds what I was sent for, and its total is {total}.");
        Some(Choice { call: call(GOAL_REACHED, [("report", Value::from(report))]), thought })
    }

    fn to_the_basket(&self, place: &Elsewhere<'_>, page: &Page) -> Option<Choice> {
        let is_basket = |part: &Part| BASKETS.iter().any(|basket| part.says(basket)) && !puts_into_basket(&part.name);
        let part = page.usable(&["link", "button"], is_basket)?;
        let thought = format!("{} is in the basket, so I open the basket to read the total.", self.item);
        Some(Choice { call: click(place, part), thought })
    }

    fn at_the_item(&self, place: &Elsewhere<'_>, page: &Page) -> Option<Choice> {
        if !self.is_page_of_it(page) {
            return None;
        }
        let part = page.usable(&["button", "link"], |part| puts_into_basket(&part.name))?;
        let thought = format!("This is the page of {}, so I press {}.", self.item, part.name);
        Some(Choice { call: click(place, part), thought })
    }

    /// The link that leads to the item: the one that is called so, else one that has all its words.
    fn link<'p>(&self, page: &'p Page) -> Option<&'p Part> {
        let is_it = page.usable(&["link"], |part| self.is_called(&part.name));
        is_it.or_else(|| page.usable(&["link"], |part| self.is_named_by(&part.name)))
    }

    fn is_called(&self, name: &str) -> bool {
        !self.item.is_empty() && name.to_lowercase() == self.item.to_lowercase()
    }

    /// A list of what was found may speak of the item too, but there it is linked.
    fn is_page_of_it(&self, page: &Page) -> bool {
        let is_headed = page.parts.iter().any(|part| part.kind == "heading" && self.is_called(&part.name));
        is_headed || !self.words.is_empty() && page.is_about(&self.words) && self.link(page).is_none()
    }

    fn to_the_item(&self, place: &Elsewhere<'_>, page: &Page) -> Option<Choice> {
        // Whoever is there already gets no further by going there.
        let part = self.link(page).filter(|_| !self.is_page_of_it(page))?;
        let thought = format!("{} is listed here, so I follow its link.", part.name);
        Some(Choice { call: click(place, part), thought })
    }

    fn search(&self, place: &Elsewhere<'_>, page: &Page) -> Option<Choice> {
        place.offers(TYPE).filter(|_| !self.words.is_empty())?;
        let was_searched = has_worked(place, TYPE, |arguments| {
            arguments.get("text").and_then(Value::as_str) == Some(self.item.as_str())
        });
        let boxes = ["searchbox", "textbox", "combobox"];
        let named = page.usable(&boxes, |part| part.says("search"));
        let part = named.or_else(|| page.usable(&boxes, |_| true)).filter(|_| !was_searched)?;
        let mut typing = pointing_at(place, TYPE, part);
        typing.insert("text".to_owned(), Value::from(self.item.as_str()));
        typing.insert("submit".to_owned(), Value::from(true));
        Some(Choice { call: called(TYPE, typing), thought: format!("I search the shop for {}.", self.item) })
    }
}

fn click(place: &Elsewhere<'_>, part: &Part) -> super::Call {
    called(CLICK, pointing_at(place, CLICK, part))
}

/// How a part is pointed at; servers before 2026 call it `ref`.
fn pointing_at(place: &Elsewhere<'_>, action: &str, part: &Part) -> Map<String, Value> {
    let is_old = place.offers(action).is_some_and(|action| action.takes("ref"));
    let name = if is_old { "ref" } else { "target" };
    let pairs = [("element", part.name.as_str()), (name, part.reference.as_str())];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), Value::from(value))).collect()
}

fn puts_into_basket(name: &str) -> bool {
    let name = name.to_lowercase();
    let first = name.split_whitespace().next().unwrap_or_default();
    PUT.contains(&first) && (first == "buy" || BASKETS.iter().any(|basket| name.contains(basket)))
}

/// Whether such a call has been done before and was not refused.
fn has_worked(place: &Elsewhere<'_>, action: &str, is_it: impl Fn(&Map<String, Value>) -> bool) -> bool {
    place.before.iter().any(|line| {
        let Some(rest) = line.strip_prefix(action).and_then(|rest| rest.strip_prefix(' ')) else { return false };
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Map<String, Value>>();
        let Some(Ok(arguments)) = values.next() else { return false };
        let came_of_it = rest[values.byte_offset()..].trim_start_matches(':').trim_start();
        let has_failed = ["refused", "failed", "unclear"].iter().any(|word| came_of_it.starts_with(word));
        !has_failed && is_it(&arguments)
    })
}

/// The sum that stands behind the word total, or in the part that follows it.
fn total(page: &Page) -> Option<String> {
    let at = page.parts.iter().position(|part| {
        let words = part.words().to_lowercase();
        words.contains("total") && !words.contains("subtotal")
    })?;
    let mut words = page.parts[at..].iter().take(3).map(Part::words);
    let first = words.next()?;
    let from = first.to_lowercase().find("total").unwrap_or_default();
    let behind = first.get(from..).unwrap_or(&first).to_owned();
    std::iter::once(behind).chain(words).find_map(|text| sum(&text))
}

/// The first number of a text that has digits, with its point or comma.
fn sum(text: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let number: String = text[from..].chars().take_while(|letter| is_part(*letter)).collect();
    Some(number.trim_end_matches(['.', ',']).to_owned())
}

/// The first address in a text.
fn address(goal: &str) -> String {
    let is_address = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
    let word = goal.split_whitespace().map(|word| word.trim_matches(['(', '"', '<', '“'])).find(is_address);
    word.unwrap_or_default().trim_end_matches([',', '.', ';', ')', '"', '>', '”']).to_owned()
}

/// Scheme, host and port.
fn origin(address: &str) -> &str {
    let from = address.find("://").map_or(0, |at| at + 3);
    let end = address[from..].find(['/', '?', '#']).map_or(address.len(), |at| from + at);
    &address[..end]
}

/// What is to be found: what stands in quotation marks, else what follows a word such as find.
fn item(goal: &str) -> String {
    for (opening, closing) in [('"', '"'), ('“', '”'), ('‘', '’')] {
        let inside = goal.split_once(opening).and_then(|(_, rest)| rest.split_once(closing)).map(|(inside, _)| inside);
        if let Some(inside) = inside.filter(|inside| !inside.trim().is_empty() && !inside.contains("://")) {
            return inside.trim().to_owned();
        }
    }
    let small = goal.to_ascii_lowercase();
    let from = BEFORE_ITEM.iter().filter_map(|word| small.find(word).map(|at| at + word.len())).min();
    let Some(rest) = from.and_then(|from| goal.get(from..)) else { return String::new() };
    let end = AFTER_ITEM.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
    let item = rest[..end].trim();
    let articles = ["the ", "a ", "an "];
    articles.iter().find_map(|article| item.strip_prefix(article)).unwrap_or(item).trim().to_owned()
}
