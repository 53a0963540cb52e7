//! `UN101`: a dose by body mass, a body mass, and the absolute amount stated with them.

use std::sync::LazyLock;

use crate::derive::{Expression, Operand, Operation, Outcome, Proposal, Proposals};
use crate::document::TextRange;
use crate::extract::{Mentions, QuantityIx};
use crate::rules::binding::{self, Binding};
use crate::rules::declare::rule;
use crate::rules::pattern::Pattern;
use crate::rules::{Page, Prose, Rule, RuleContext, RuleMetadata, Skeleton, wording};

use super::roles::{DoseSentence, by_body_mass, is_product, of_a_body, of_one_body, says_by_body_mass};

rule! {
    /// # UN101 dose-mismatch
    ///
    /// ## What it checks
    ///
    /// An amount, or a rate, by body mass together with a body mass and the absolute amount or rate that the text states
    /// for them, in any order, in brackets or not: "a reference dose of 7000 ng/kg bw/day (420,000 ng/day for a 60 kg
    /// adult)", "10 mg/kg, i.e. 0.25 mg for a 25 g mouse".
    ///
    /// ## Why it matters
    ///
    /// A slip of a factor of ten in such a product decides whether an exposure is called close to a limit or far from it.
    ///
    /// ## How it is derived
    ///
    /// Dose by body mass × body mass = absolute amount. The product is typed: an amount by body mass keeps that mark
    /// until a body mass takes it away, so that ng/kg/day is never a frequency and a concentration in food is no dose.
    ///
    /// ## When it stays silent
    ///
    /// - "per kg" of food, soil, tissue or anything else that is no body.
    /// - A dose, a mass or an amount that is a range, a bound or a ±.
    /// - No body mass is stated; none is assumed.
    /// - What is given is no mass, volume, energy, amount of substance, activity, or count of something that is named.
    /// - Nothing in the text ties the amount to the dose.
    ///
    /// It is undecided where several doses, masses or amounts stand in reach and the sentence does not say which belong
    /// together, and where two different substances are named with them.
    ///
    /// ## Example (flagged)
    ///
    /// ```text
    /// The limit is 7000 ng/kg bw/day (42,000 ng/day for a 60 kg adult).
    /// ```
    ///
    /// ## Example (clean)
    ///
    /// ```text
    /// The limit is 7000 ng/kg bw/day (420,000 ng/day for a 60 kg adult), and rice held 300 ng/kg of it.
    /// ```
    ///
    /// ## Limits
    ///
    /// Doses by body surface, and body masses that stand further away than the neighbouring sentence, are not looked at.
    ///
    /// ## Options
    ///
    /// None.
    ///
    /// ## References
    ///
    /// - Corrigendum to Liu, Brandsma and Schreder 2024, *Chemosphere* 365:143319:
    ///   <https://doi.org/10.1016/j.chemosphere.2024.143319>
    pub struct DoseByBodyMass {
        code: "UN101",
        name: "dose-mismatch",
        summary: "a dose by body mass times the body mass is not the stated amount",
        family: Units,
        since: "0.1.0",
        status: Preview,
        grounds: PLAIN,
        needs: Text,
        references: ["https://doi.org/10.1016/j.chemosphere.2024.143319"],
    }
}

/// What ties three quantities to each other.
#[derive(Clone, Debug)]
pub(super) struct DoseBinding {
    /// The amount or rate by body mass.
    pub dose: QuantityIx,
    /// The body mass.
    pub mass: QuantityIx,
    /// The absolute amount or rate.
    pub absolute: QuantityIx,
    /// How they are tied.
    pub operation: Operation,
    /// A reason to leave it undecided.
    pub doubt: Option<&'static str>,
    /// The characters that tie them.
    pub quote: TextRange,
}

/// Sentence shapes that say which dose, mass and amount belong together.
static TIED: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let link = r"(?:_(?:,|;|\(|\[|=|or|which|that|this|it|i\.e\.,?|corresponds? to|corresponding to|equals|equal to|equivalent to|amounts? to|amounting to|translates? (?:in)?to|is|are|about))+_";
    let for_a = r"_(?:for|in|,|at|assuming|based on|with|by|using|\(|per)(?: ?(?:,|an?|the|each|one|average|adult|standard|typical|reference|assumed|mean|default|body|mass|weight|weighing|bw|of|our|whose|is|[a-z]+ of|[a-z]+ weighing|person|man|woman|mouse|rat|dog|human|child|individual|subject|patient|animal)\b)*_";
    [
        // 7000 ng/kg bw/day (420,000 ng/day for a 60 kg adult); 10 mg/kg, i.e. 600 mg for a 60 kg adult
        format!(r"‹dose›⋯{link}‹absolute›…{for_a}‹mass›"),
        // 420,000 ng/day for a 60 kg adult (7000 ng/kg bw/day)
        format!(r"‹absolute›…{for_a}‹mass›…{link}(?:at |with )?(?:a |the )?(?:dose of |rate of )?‹dose›"),
        // for a 60 kg adult, 7000 ng/kg bw/day is 420,000 ng/day
        format!(r"(?:for|in|assuming|with|at)(?: an?| the)?…_‹mass›⋯,?_‹dose›⋯{link}‹absolute›"),
        // 6 mg/kg bw at a mean body weight of 24 g, 0.144 mg per mouse
        format!(r"‹dose›⋯,?_(?:at|assuming|with|for)(?: an?| the)?…_‹mass›(?:{link}|_)‹absolute›"),
        // 7000 ng/kg bw/day for a 60 kg adult is 420,000 ng/day
        format!(r"‹dose›…{for_a}‹mass›…{link}…_‹absolute›"),
        // 420,000 ng/day (7000 ng/kg bw/day × 60 kg); 420,000 ng/day = 7000 ng/kg/day × 60 kg
        r"‹absolute›…_(?:\(|=)_(?:=_)?‹dose›…_(?P<times>[×x*·])_‹mass›".to_owned(),
        r"‹absolute›…_(?:\(|=)_(?:=_)?‹mass›…_(?P<times>[×x*·])_‹dose›".to_owned(),
        r"‹dose›…_(?P<times>[×x*·])_‹mass›…_(?:=|≈| is | gives | equals )_‹absolute›".to_owned(),
        r"‹mass›…_(?P<times>[×x*·])_‹dose›…_(?:=|≈| is | gives | equals )_‹absolute›".to_owned(),
        // 420,000 ng/day (7000 ng/kg bw/day for a 60 kg adult)
        format!(r"‹absolute›…_(?:\(|\[|,_i\.e\.,? |,_or | or )‹dose›…{for_a}‹mass›"),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// Words that tie an amount of a sentence to the dose of the sentence before: "For a 60 kg adult, this is 42,000 ng/day."
static REFERS_BACK: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let verb = r"(?:is|equals|corresponds to|amounts to|translates to|translates into|means|gives|allows(?: for)?|makes|comes to|would be|would mean|is equivalent to|is equal to)";
    [
        format!(r"(?:for|in|assuming|with|at)(?: an?| the)?…_‹mass›…,?_(?:this|that|it|which)…_{verb}…_‹absolute›"),
        format!(r"(?:this|that|it|which)…_{verb}…_‹absolute›…,?_(?:for|in|assuming|with|at)(?: an?| the)?…_‹mass›"),
    ]
    .iter()
    .map(|notation| Pattern::new(notation))
    .collect()
});

/// The bindings that a sentence shape states.
fn tied(skeleton: &Skeleton, roles: &DoseSentence, mentions: &Mentions) -> Vec<DoseBinding> {
    let mut bindings: Vec<DoseBinding> = Vec::new();
    for pattern in TIED.iter() {
        for found in pattern.matches(skeleton) {
            let quantities = (found.quantity("dose"), found.quantity("mass"), found.quantity("absolute"));
            let (Some(dose), Some(mass), Some(absolute)) = quantities else { continue };
            let of_a_body = roles.is_mass(mass) || found.words("times").is_some() && says_by_body_mass(mentions, dose);
            let fits = roles.is_dose(dose) && of_a_body && is_product(mentions, dose, mass, absolute);
            if fits && !bindings.iter().any(|known| known.absolute == absolute) {
                let doubt = roles.names_several_weights(found.range(), mentions).then_some(SEVERAL);
                let quote = found.range();
                bindings.push(DoseBinding { dose, mass, absolute, operation: Operation::Stated, doubt, quote });
            }
        }
    }
    bindings
}

const SEVERAL: &str = "several doses, masses or amounts stand in reach";

/// The binding of a sentence that refers back to the one dose of the sentence before it.
fn referring_back(skeleton: &Skeleton, before: &DoseSentence, here: &DoseSentence, m: &Mentions) -> Vec<DoseBinding> {
    let mut bindings = Vec::new();
    let [dose] = before.doses.as_slice() else { return bindings };
    if !here.doses.is_empty() {
        return bindings;
    }
    for found in REFERS_BACK.iter().flat_map(|pattern| pattern.matches(skeleton)) {
        let (Some(mass), Some(absolute)) = (found.quantity("mass"), found.quantity("absolute")) else { continue };
        if here.is_mass(mass) && is_product(m, *dose, mass, absolute) && bindings.is_empty() {
            let operation = Operation::Implied;
            let quote = found.range();
            bindings.push(DoseBinding { dose: *dose, mass, absolute, operation, doubt: None, quote });
        }
    }
    bindings
}

/// One dose, one body mass and one amount in a sentence that no shape ties to each other: proposed, so that the coverage
/// shows it, and left undecided.
fn untied(roles: &DoseSentence, mentions: &Mentions, range: TextRange) -> Option<DoseBinding> {
    let (dose, mass) = (*roles.doses.first()?, *roles.masses.first()?);
    let absolute = roles.quantities.iter().copied().find(|at| *at != mass && is_product(mentions, dose, mass, *at))?;
    let single = roles.doses.len() == 1 && roles.masses.len() == 1;
    let doubt = if single { "nothing says that the amount follows from the dose" } else { SEVERAL };
    Some(DoseBinding { dose, mass, absolute, operation: Operation::Implied, doubt: Some(doubt), quote: range })
}

impl DoseBinding {
    fn binding(&self, mentions: &Mentions) -> Option<Binding> {
        let dose = binding::quantity(mentions, self.dose)?;
        let mass = binding::quantity(mentions, self.mass)?;
        let absolute = binding::quantity(mentions, self.absolute)?;
        let operands: Vec<Operand> = vec![
            binding::tagged("dose by body mass", dose, &by_body_mass(dose))?,
            binding::tagged("body mass", mass, &of_a_body(mass))?,
            binding::tagged("stated amount", absolute, &of_one_body(absolute))?,
        ];
        let formula = Expression::call("*", [Expression::operand(0), Expression::operand(1)]);
        let mut binding = Binding::stated(operands, formula, self.quote);
        binding.operation = self.operation;
        binding.approximate = dose.approximate || mass.approximate || absolute.approximate;
        Some(binding.doubted(self.doubt))
    }
}

impl Rule for DoseByBodyMass {
    fn metadata(&self) -> &'static RuleMetadata {
        &Self::METADATA
    }

    fn page(&self) -> Page {
        Self::PAGE
    }

    fn propose(&self, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
        let mut before = DoseSentence::default();
        for skeleton in context.skeletons(mentions) {
            let roles = DoseSentence::new(skeleton, mentions);
            let mut bindings = Vec::new();
            if !roles.doses.is_empty() {
                bindings = tied(skeleton, &roles, mentions);
                if bindings.is_empty() && !roles.masses.is_empty() {
                    let range = mentions.sentences.get(skeleton.sentence).map(|sentence| sentence.range);
                    bindings.extend(untied(&roles, mentions, range.unwrap_or_default()));
                }
            } else if !roles.masses.is_empty() {
                bindings = referring_back(skeleton, &before, &roles, mentions);
            }
            bindings.sort_by_key(|binding| binding.absolute);
            let bound = bindings.iter().filter_map(|binding| binding.binding(mentions));
            proposals.list.extend(bound.filter_map(|binding| binding.proposal(Self::METADATA.code)));
            before = roles;
        }
    }

    fn explain(&self, proposal: &Proposal, outcome: &Outcome) -> Prose {
        Prose {
            message: wording::message(proposal, outcome, &wording::own_formula(proposal)),
            help: "look at the decimal point of the amount, and at the body mass that was used".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert!(TIED.iter().chain(REFERS_BACK.iter()).all(Pattern::is_valid));
    }
}
