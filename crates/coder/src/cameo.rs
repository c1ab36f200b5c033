//! The CAMEO code of an event: the most specific one that its type, mode and contexts support.
//!
//! The rows are data (`data/cameo/cameo.txt`), for exports to layouts that carry CAMEO codes.

use std::sync::OnceLock;

use chancery_model::{Context, EventType, Mode};

struct Row {
    code: &'static str,
    kind: EventType,
    mode: Option<Mode>,
    promised: Option<EventType>,
    contexts: Vec<Context>,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        include_str!("../../../data/cameo/cameo.txt")
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .filter_map(row)
            .collect()
    })
}

fn row(line: &'static str) -> Option<Row> {
    let mut words = line.split_whitespace();
    let code = words.next()?;
    let kind = EventType::from_label(words.next()?)?;
    let second = words.next()?;
    Some(Row {
        code,
        kind,
        mode: Mode::from_label(second),
        promised: EventType::from_label(second),
        contexts: words.filter_map(Context::from_label).collect(),
    })
}

/// The code, with its leading zero. `promised` is the type of the act that an AGREE promises.
pub fn cameo_code(
    kind: EventType,
    mode: Option<Mode>,
    contexts: &[Context],
    promised: Option<EventType>,
) -> &'static str {
    let mut best: Option<(usize, &Row)> = None;
    for row in rows().iter().filter(|row| row.kind == kind) {
        let fits = (row.mode.is_none() || row.mode == mode)
            && (row.promised.is_none() || row.promised == promised)
            && row.contexts.iter().all(|context| contexts.contains(context));
        let asked =
            usize::from(row.mode.is_some()) * 2 + usize::from(row.promised.is_some()) * 2 + row.contexts.len();
        if fits && best.is_none_or(|(known, _)| asked > known) {
            best = Some((asked, row));
        }
    }
    best.map_or("010", |(_, row)| row.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mode_and_context_make_the_code_more_specific() {
        assert_eq!(cameo_code(EventType::Consult, Some(Mode::Visit), &[], None), "042");
        assert_eq!(cameo_code(EventType::Cooperate, None, &[Context::Military], None), "062");
        assert_eq!(cameo_code(EventType::Agree, None, &[], Some(EventType::Consult)), "036");
        assert_eq!(cameo_code(EventType::Assault, Some(Mode::Drone), &[Context::Military], None), "195");
    }

    #[test]
    fn every_line_is_read_and_every_type_and_mode_has_a_code() {
        let lines = include_str!("../../../data/cameo/cameo.txt")
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .count();
        assert_eq!(rows().len(), lines);
        for &kind in EventType::ALL {
            assert_ne!(cameo_code(kind, None, &[], None), "010", "{kind}");
            for (mode, _) in kind.modes() {
                assert!(rows().iter().any(|row| row.kind == kind && row.mode == Some(*mode)), "{kind} {mode}");
            }
        }
    }
}
