//! The user's own SQL, for reading only.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Error, ErrorCode};
use serde::Serialize;

use crate::{Ledger, LedgerError};

/// One value of a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Not known.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text, or bytes in hexadecimal.
    Text(String),
}

/// Pragmas that tell something about what they are given,
const ASKING_PRAGMAS: [&str; 6] =
    ["foreign_key_list", "index_info", "index_list", "table_info", "table_list", "table_xinfo"];
/// and those that tell something unless they are given a value. (`data_version` is asked by full-text search.)
const TELLING_PRAGMAS: [&str; 3] = ["application_id", "data_version", "user_version"];

impl Ledger {
    /// Runs one statement that reads. `columns` gets the names of the columns once, `each` every row.
    ///
    /// # Errors
    /// If the SQL is wrong, is more than one statement, would change anything or reach another file; or from `columns`
    /// and `each`.
    pub fn query<E: From<LedgerError>>(
        &mut self,
        sql: &str,
        columns: impl FnOnce(&[String]) -> Result<(), E>,
        mut each: impl FnMut(Vec<Cell>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: Error| E::from(explain(error, sql));
        if sql.trim().is_empty() {
            return Err(E::from(not_read_only(sql)));
        }
        self.connection.authorizer(Some(authorize)).map_err(failed)?;
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        if !statement.readonly() {
            return Err(E::from(not_read_only(sql)));
        }
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        if names.is_empty() {
            return Err(E::from(not_read_only(sql)));
        }
        columns(&names)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let mut cells = Vec::with_capacity(names.len());
            for i in 0..names.len() {
                cells.push(cell(row.get_ref(i).map_err(failed)?));
            }
            each(cells)?;
        }
        Ok(())
    }
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        AuthAction::Pragma { pragma_name, pragma_value } if is_harmless(pragma_name, pragma_value) => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn is_harmless(pragma: &str, value: Option<&str>) -> bool {
    let pragma = pragma.to_ascii_lowercase();
    ASKING_PRAGMAS.contains(&pragma.as_str()) || (value.is_none() && TELLING_PRAGMAS.contains(&pragma.as_str()))
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Text(crate::add::hexadecimal(bytes)),
    }
}

fn explain(error: Error, sql: &str) -> LedgerError {
    let denied = [Some(ErrorCode::AuthorizationForStatementDenied), Some(ErrorCode::ReadOnly)];
    if denied.contains(&error.sqlite_error_code()) {
        return not_read_only(sql);
    }
    match error {
        Error::MultipleStatement => LedgerError::NotReadOnly("this is more than one statement".to_owned()),
        error => error.into(),
    }
}

fn not_read_only(sql: &str) -> LedgerError {
    let word: String = sql.trim_start().chars().take_while(|c| c.is_alphanumeric()).take(20).collect();
    LedgerError::NotReadOnly(match word.is_empty() {
        true => "this is no statement".to_owned(),
        false => format!("`{} ...` does more than read this ledger", word.to_uppercase()),
    })
}
