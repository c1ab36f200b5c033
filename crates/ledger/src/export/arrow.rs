//! JSON values to Arrow arrays of a given type.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use jiff::civil::{Date, date};
use serde_json::Value;

use super::columns::{Column, Type};

/// The Arrow schema of a table.
pub(crate) fn schema(columns: &[Column]) -> Schema {
    Schema::new(fields(columns))
}

/// The rows, each a JSON object, as one batch.
pub(crate) fn batch(columns: &[Column], rows: &[Value]) -> Result<RecordBatch, ArrowError> {
    let rows: Vec<Option<&Value>> = rows.iter().map(Some).collect();
    let arrays = columns.iter().map(|column| field_array(column, &rows)).collect();
    RecordBatch::try_new(Arc::new(schema(columns)), arrays)
}

fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(|column| Field::new(column.name, data_type(&column.holds), true)).collect()
}

fn data_type(holds: &Type) -> DataType {
    match holds {
        Type::Text => DataType::Utf8,
        Type::Int => DataType::Int64,
        Type::Float => DataType::Float64,
        Type::Truth => DataType::Boolean,
        Type::Day => DataType::Date32,
        Type::List(item) => DataType::List(item_field(item)),
        Type::Struct(columns) => DataType::Struct(fields(columns)),
    }
}

fn item_field(item: &Type) -> Arc<Field> {
    Arc::new(Field::new_list_field(data_type(item), true))
}

fn field_array(column: &Column, rows: &[Option<&Value>]) -> ArrayRef {
    let values: Vec<Option<&Value>> =
        rows.iter().map(|row| row.and_then(|row| row.get(column.name)).filter(|value| !value.is_null())).collect();
    array(&column.holds, &values)
}

/// The values as an array; `None` is null, and so is a value of another type, which the rows' own types rule out.
fn array(holds: &Type, values: &[Option<&Value>]) -> ArrayRef {
    let each = || values.iter().copied();
    match holds {
        Type::Text => Arc::new(StringArray::from_iter(each().map(|value| value?.as_str()))),
        Type::Int => Arc::new(Int64Array::from_iter(each().map(|value| value?.as_i64()))),
        Type::Float => Arc::new(Float64Array::from_iter(each().map(|value| value?.as_f64()))),
        Type::Truth => Arc::new(BooleanArray::from_iter(each().map(|value| value?.as_bool()))),
        Type::Day => Arc::new(Date32Array::from_iter(each().map(|value| days(value?.as_str()?)))),
        Type::List(item) => list(item, values),
        Type::Struct(columns) => {
            let arrays = columns.iter().map(|column| field_array(column, values)).collect();
            let valid: NullBuffer = each().map(|value| value.is_some()).collect();
            Arc::new(StructArray::new(fields(columns), arrays, Some(valid)))
        }
    }
}

fn list(item: &Type, values: &[Option<&Value>]) -> ArrayRef {
    let items = |value: &Option<&Value>| value.and_then(Value::as_array).map_or(0, Vec::len);
    let offsets = OffsetBuffer::from_lengths(values.iter().map(items));
    let flat: Vec<Option<&Value>> = values
        .iter()
        .filter_map(|value| value.and_then(Value::as_array))
        .flatten()
        .map(|value| Some(value).filter(|value| !value.is_null()))
        .collect();
    let valid: NullBuffer = values.iter().map(Option::is_some).collect();
    Arc::new(ListArray::new(item_field(item), offsets, array(item, &flat), Some(valid)))
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    let hours = day.duration_since(date(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        assert_eq!(days("1970-01-02"), Some(1));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2026-02-13"), Some(20_497));
        assert_eq!(days("soon"), None);
    }
}
