//! Units and rationals in serialised proposals and outcomes: exact strings, so that what is read back is the same.

/// A unit.
pub(super) mod unit {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use crate::arithmetic::Dimension;
    use crate::arithmetic::rational::{self, Rational};
    use crate::arithmetic::units::{Factor, Scale, Tags, Unit};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Record {
        text: String,
        dimension: Dimension,
        conventional: String,
        lo: String,
        hi: String,
        offset: String,
        scale: Mapping,
        tags: Tags,
    }

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Mapping {
        Linear,
        Point,
        Logarithmic,
    }

    pub fn serialize<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
        let record = Record {
            text: unit.text.clone(),
            dimension: unit.dimension,
            conventional: rational::to_text(&unit.factor.conventional),
            lo: rational::to_text(&unit.factor.lo),
            hi: rational::to_text(&unit.factor.hi),
            offset: rational::to_text(&unit.offset),
            scale: match unit.scale {
                Scale::Linear => Mapping::Linear,
                Scale::Point => Mapping::Point,
                Scale::Logarithmic => Mapping::Logarithmic,
            },
            tags: unit.tags.clone(),
        };
        record.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
        let record = Record::deserialize(deserializer)?;
        let number = |text: &str| -> Result<Rational, D::Error> {
            rational::parse_exact(text).ok_or_else(|| de::Error::custom(format!("`{text}` is not an exact number")))
        };
        let positive = |text: &str| -> Result<Rational, D::Error> {
            let value = number(text)?;
            let fits = value > rational::whole(0);
            if fits { Ok(value) } else { Err(de::Error::custom("a factor is above zero")) }
        };
        Ok(Unit {
            text: record.text,
            dimension: record.dimension,
            factor: Factor {
                conventional: positive(&record.conventional)?,
                lo: positive(&record.lo)?,
                hi: positive(&record.hi)?,
            },
            offset: number(&record.offset)?,
            scale: match record.scale {
                Mapping::Linear => Scale::Linear,
                Mapping::Point => Scale::Point,
                Mapping::Logarithmic => Scale::Logarithmic,
            },
            tags: record.tags,
        })
    }
}

/// An exact number that may be absent.
pub(super) mod factor {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use crate::arithmetic::rational::{self, Rational};

    #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub fn serialize<S: Serializer>(value: &Option<Rational>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(rational::to_text).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Rational>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| {
            rational::parse_exact(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is not an exact number")))
        };
        text.map(read).transpose()
    }
}
