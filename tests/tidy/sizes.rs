//! Sizes and colours of the window have names, and those stand in `src/ui/theme`.

/// What takes sizes in points.
const CALLS: [&str; 28] = [
    "add_space(",
    "Vec2::splat(",
    "Vec2::new(",
    "vec2(",
    "exact_size(",
    "desired_width(",
    "shrink(",
    "shrink2(",
    "expand(",
    "expand2(",
    "min_size(",
    "min_width(",
    "min_height(",
    "max_width(",
    "max_height(",
    "set_width(",
    "set_height(",
    "Margin::same(",
    "Margin::symmetric(",
    "Margin::from(",
    "margin(",
    "margins(",
    "CornerRadius::same(",
    "corner_radius(",
    "Stroke::new(",
    "stroke(",
    "circle_filled(",
    "rect_filled(",
];
/// What makes one of them without a call, or a colour by a name that means nothing.
const WHOLE: [&str; 5] = ["Margin {", "Stroke {", "CornerRadius {", "Rgba::", "Hsva::"];

/// A size or a colour without a name of ours.
pub fn bare(path: &str, line: &str) -> Option<String> {
    if !path.starts_with("src/ui/") || path.starts_with("src/ui/theme") {
        return None;
    }
    let bare = CALLS.iter().find(|call| has_bare_argument(line, call));
    let made = WHOLE.iter().find(|whole| starts(line, whole).next().is_some());
    let size = bare.or(made).map(|call| format!("has a bare size in {call}…), which belongs into src/ui/theme"));
    size.or_else(|| color(line))
}

/// What follows where this stands as a word of its own, and not as what something gives or is made for.
fn starts<'a>(line: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(word).filter_map(move |(at, _)| {
        let before = &line[..at];
        let is_whole = !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let is_type = before.ends_with("-> ") || before.ends_with("for ") || before.ends_with("struct ");
        (is_whole && !is_type).then_some(&line[at + word.len()..])
    })
}

fn has_bare_argument(line: &str, call: &str) -> bool {
    // Longer names end in these: `set_min_width(`, `allocate_exact_size(`.
    let tails = line.match_indices(call).map(|(at, _)| &line[at + call.len()..]);
    let mut arguments = tails.flat_map(arguments);
    arguments.any(|argument| argument.replace(" - ", " + ").split(" + ").any(is_size))
}

/// What stands between the commas up to the bracket that closes the call, or as far as the line goes.
fn arguments(tail: &str) -> Vec<String> {
    let (mut depth, mut pieces) = (0_i32, vec![String::new()]);
    for letter in tail.chars() {
        match letter {
            ')' | ']' | '}' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth == 0 {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}

/// A number by itself. What lies between 0 and 1 is a share.
fn is_size(term: &str) -> bool {
    let number = term.trim().trim_start_matches('-').trim_end_matches("_f32").replace('_', "");
    number.starts_with(|letter: char| letter.is_ascii_digit()) && number.parse::<f32>().is_ok_and(|size| size > 1.0)
}

fn color(line: &str) -> Option<String> {
    let named = starts(line, "Color32::").find(|rest| rest.starts_with(|letter: char| letter.is_ascii_uppercase()))?;
    let name: String = named.chars().take_while(|letter| letter.is_ascii_uppercase() || *letter == '_').collect();
    Some(format!("names the colour {name}, which means nothing; src/ui/theme has those that do"))
}

#[test]
fn bare_sizes_and_colours_are_noticed() {
    let found = |line: &str| bare("src/ui/widgets/planted.rs", line);
    for line in [
        "ui.add_space(8.0);",
        "ui.allocate_exact_size(vec2(10.0, height), Sense::hover());",
        "Vec2::new(width, 24.0)",
        "ui.set_max_width(320.0);",
        ".min_size(egui::vec2(0.0, 32.0))",
        "ScrollArea::vertical().max_height(200.0)",
        "rect.expand(3.0 + space::XS)",
        "Margin::symmetric(4, 8)",
        "let line = Stroke::new(2.0, palette.line);",
        "stroke(1.5, color)",
        "Frame::new().corner_radius(6)",
        "let edge = Stroke { width: thin, color };",
    ] {
        assert!(found(line).is_some_and(|breach| breach.contains("bare size")), "{line}: {:?}", found(line));
    }
    for line in ["let x = Color32::RED;", "egui::Color32::TRANSPARENT"] {
        assert!(found(line).is_some_and(|breach| breach.contains("means nothing")), "{line}");
    }
    for line in [
        "ui.add_space(space::S);",
        "ui.add_space(0.0);",
        "ui.set_min_width(size::CHECK_COLUMN * 0.66);",
        "Vec2::new(text_width + 2.0 * padding, height)",
        "rect.lerp_inside(vec2(0.25, 1.0))",
        "rect.shrink2(Vec2::new(space::XXL + space::M, space::XXL))",
        "fn color(self) -> Color32 {",
        "fn edge(self) -> Stroke {",
        "let wide = list.len() + 12;",
    ] {
        assert_eq!(found(line), None, "{line}");
    }
    assert_eq!(bare("src/ui/theme/size.rs", "Vec2::splat(3.0)"), None);
}
