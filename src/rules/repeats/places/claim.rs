//! A claim that two numbers of a paper are one, and the proposal that it becomes.

use crate::derive::{Expression, Operand, OperandOptions, Operation, Outcome, Proposal, Proposals, Relation, Verdict};
use crate::document::TextRange;
use crate::extract::{
    Likeness, Member, MemberValue, Mentions, Quantity, QuantityKind, Reported, Role, Standing, Subject,
};
use crate::rules::{Prose, RuleContext, wording};

use super::grid::Grid;
use super::{anchored, cells, groups, listed, pointed, ranges, retold, rowed, singles, sizes, studies, twins};

/// Which places meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meeting {
    /// The abstract and any other place.
    Abstract,
    /// Running text and a table.
    Table,
    /// Any other two.
    Elsewhere,
}

impl Meeting {
    /// The meeting of two places, with whether the first states what the second gives: the abstract states what the
    /// paper gives, the text what a table gives, and elsewhere the later place what the earlier gives. `None` for places
    /// that cannot hold one thing twice: two of the abstract, two cells of a table.
    pub fn of(first: Standing, second: Standing) -> Option<(Self, bool)> {
        match (first, second) {
            (Standing::Abstract, Standing::Abstract) => None,
            (Standing::Abstract, _) => Some((Self::Abstract, true)),
            (_, Standing::Abstract) => Some((Self::Abstract, false)),
            (Standing::Cell(a), Standing::Cell(b)) if a.table == b.table => None,
            (Standing::Text, Standing::Cell(_)) => Some((Self::Table, true)),
            (Standing::Cell(_), Standing::Text) => Some((Self::Table, false)),
            _ => Some((Self::Elsewhere, false)),
        }
    }
}

/// One of the two places.
#[derive(Clone, Debug)]
pub struct Side {
    /// The number, with its unit where the other one has one too.
    pub value: MemberValue,
    /// Where it stands.
    pub standing: Standing,
}

/// Two numbers that are one thing.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The number that is stated.
    pub stated: Side,
    /// The number that it repeats.
    pub other: Side,
    /// What they are.
    pub role: Role,
    /// How the sameness is known.
    pub operation: Operation,
    /// Why the two may be two things after all.
    pub doubt: Option<&'static str>,
}

impl Claim {
    /// The claim of two numbers of the same role.
    pub fn of_members(stated: (&Subject, &Member), other: (&Subject, &Member), doubt: Option<&'static str>) -> Self {
        let side =
            |(subject, member): (&Subject, &Member)| Side { value: member.value.clone(), standing: subject.standing };
        // That the same words mean the same thing is assumed (of twelve such errors on unseen papers five were right), save where
        // one number is the other with a slip of the pen.
        let slipped = matches!(stated.1.compare(other.1), Likeness::Differs(Some(slip)) if slip.is_sharp());
        let operation = if slipped { Operation::Implied } else { Operation::Assumed };
        Self { stated: side(stated), other: side(other), role: stated.1.role, operation, doubt }
    }

    /// The characters of the stated number.
    pub fn stated_range(&self, mentions: &Mentions) -> TextRange {
        range_of(&self.stated.value, mentions)
    }

    fn proposal(&self, code: &str, mentions: &Mentions) -> Proposal {
        let plain = !have_units(&self.stated.value, &self.other.value, mentions);
        let operand = |side: &Side| operand(&role_in_words(self.role, side.standing), &side.value, mentions, plain);
        let operands = vec![operand(&self.other), operand(&self.stated)];
        let quote = operands[1].range;
        let relation = Relation::equal(Expression::operand(0), Expression::operand(1));
        let sentence = mentions.sentences.iter().find(|sentence| sentence.range.contains(quote));
        let quote = sentence.map_or(quote, |sentence| sentence.range);
        let doubt = self.doubt.or_else(|| differ_in_sign(&operands).then_some(WORDED));
        Proposal {
            operation: self.operation,
            innocent: vec!["one of the two places speaks of another group, time or model".to_owned()],
            doubt: doubt.map(str::to_owned),
            quote,
            ..Proposal::new(code, operands, 1, relation)
        }
    }
}

/// Why two numbers of one size and two signs are left undecided.
const WORDED: &str = "the sign of one may stand in its words, as that of a loss does";

/// Whether two numbers are the same but for a minus.
fn differ_in_sign(operands: &[Operand]) -> bool {
    let literal = |at: usize| operands.get(at).and_then(|own| own.readings.first()).map(|own| own.literal.as_str());
    let signed = |literal: &str| literal.starts_with(['-', '−']);
    let size = |literal: &str| literal.trim_start_matches(['-', '−']).to_owned();
    literal(0).zip(literal(1)).is_some_and(|(a, b)| signed(a) != signed(b) && size(a) == size(b))
}

/// Whether both are quantities with units, or percentages, so that the units can be compared.
fn have_units(a: &MemberValue, b: &MemberValue, mentions: &Mentions) -> bool {
    let unit = |value: &MemberValue| match value {
        MemberValue::Quantity(at) => mentions.quantities.get(at.0).is_some_and(|own| own.first().unit.is_some()),
        MemberValue::Reported(_) => false,
    };
    unit(a) && unit(b)
}

fn range_of(value: &MemberValue, mentions: &Mentions) -> TextRange {
    match value {
        MemberValue::Quantity(at) => mentions.quantities.get(at.0).map_or_else(TextRange::default, |own| own.range),
        MemberValue::Reported(reported) => reported.range,
    }
}

/// The operand of a number; `plain` leaves its unit aside, as the other number has none.
fn operand(role: &str, value: &MemberValue, mentions: &Mentions, plain: bool) -> Operand {
    let counted = |quantity: &Quantity| quantity.kind == QuantityKind::Count;
    match value {
        MemberValue::Quantity(at) => {
            let Some(quantity) = mentions.quantities.get(at.0) else {
                return Operand { role: role.to_owned(), range: TextRange::default(), readings: Vec::new() };
            };
            let options = if counted(quantity) { OperandOptions::count() } else { OperandOptions::printed() };
            match Reported::of_quantity(quantity).filter(|_| plain) {
                Some(reported) => Operand::reported(role, &reported, &options),
                None => Operand::quantity(role, quantity, &options),
            }
        }
        MemberValue::Reported(reported) => Operand::reported(role, reported, &OperandOptions::printed()),
    }
}

fn role_in_words(role: Role, standing: Standing) -> String {
    let place = match standing {
        Standing::Abstract => "in the abstract",
        Standing::Text => "in the text",
        Standing::Caption => "in the caption",
        Standing::Cell(_) => "in the table",
    };
    format!("{} {place}", role.words())
}

/// Proposes all claims of one meeting, by the place of the stated number.
pub fn propose(code: &str, meeting: Meeting, mentions: &Mentions, context: RuleContext<'_>, proposals: &mut Proposals) {
    let mut claims = groups::claims(mentions, meeting);
    match meeting {
        Meeting::Abstract => claims.extend(singles::claims(mentions)),
        Meeting::Table => claims.extend(pointed::claims(mentions, context)),
        Meeting::Elsewhere => {
            claims.extend(twins::claims(mentions, context));
            claims.extend(retold::claims(mentions, context));
            claims.extend(anchored::claims(mentions));
            claims.extend(sizes::claims(mentions));
        }
    }
    let grids = Grid::all(mentions, context);
    claims.extend(listed::claims(mentions, meeting, context, &grids));
    claims.extend(cells::claims(mentions, meeting, &grids));
    claims.extend(rowed::claims(mentions, meeting, &grids));
    claims.extend(ranges::claims(mentions, meeting, context));
    if meeting == Meeting::Table {
        claims.extend(studies::claims(mentions, context, &grids));
    }
    claims.sort_by_key(|claim| claim.stated_range(mentions));
    // A number that two kinds of evidence lead to the other place is claimed by the stronger, which stands first.
    claims.dedup_by(|later, first| later.stated_range(mentions).overlaps(first.stated_range(mentions)));
    proposals.list.extend(claims.iter().map(|claim| claim.proposal(code, mentions)));
}

/// The words of an outcome: the two places one after the other.
pub fn explain(proposal: &Proposal, outcome: &Outcome) -> Prose {
    let words = |at: usize| {
        let value = wording::operand(proposal, at);
        let role = proposal.operands.get(at).map_or("", |operand| operand.role.as_str());
        (value, role.to_owned())
    };
    let ((other, other_role), (stated, stated_role)) = (words(0), words(1));
    let message = match &outcome.verdict {
        Verdict::Consistent => format!("the {stated_role}, {stated}, repeats the {other_role}, {other}"),
        Verdict::Inconsistent(_) => {
            let cause = wording::cause(outcome);
            format!("the {stated_role} is {stated}, the {other_role} is {other}{cause}")
        }
        Verdict::Undecided { reason } => {
            format!("whether the {stated_role}, {stated}, repeats the {other_role}, {other}, is undecided: {reason}")
        }
        Verdict::NotChecked { reason } => {
            format!("the {stated_role}, {stated}, was not checked against the {other_role}, {other}: {reason}")
        }
    };
    Prose { message, help: "look at both places: which of the two numbers was meant".to_owned() }
}
