//! Relations: each file sets one kind of claims against each other. None reads the file, none knows a station.

mod acquit;
mod plausible;
mod arithmetic;
mod grown_columns;
mod degrees;
mod grown_lists;
mod instalments;
mod middle;
mod multiples;
mod quarters;
mod shared_out;
mod monthly;
mod row_changes;
mod since_then;
mod one_whole;
mod nouns;
mod odd_unit;
mod sites;
mod mean_beside;
mod per_site;
mod halves;
mod months;
mod person_months;
mod respective;
mod rows_of_three;
mod tight;
mod certified;
mod siblings;
mod named_rate;
mod split;
mod spread;
mod taken;
mod proportions;
mod captioned;
mod counted_sums;
mod money_left;
mod parallel;
mod table_rates;
mod spelled;
mod product;
mod in_order;
mod told_again;
mod refers;
mod states;
mod steps;
mod both_units;
mod bounds;
mod averages;
mod breakdown;
mod score_told;
mod value_list;
mod balance;
mod each;
mod band_words;
mod bands;
mod completion;
mod report_dates;
mod periods;
mod general;
mod grid;
mod family;
mod computed;
mod graded;
mod grading;
mod band_gap;
mod told_bands;
mod row_count;
mod remainder;
mod groups;
mod growth;
mod told;
mod told_twice;
mod closed;
mod closed_cases;
mod columns;
mod counts;
mod dates;
mod difference;
mod named_share;
mod total_told;
mod named_values;
mod direction;
mod extremes;
mod listing;
mod paired;
mod opposites;
mod over_full;
mod parts;
mod of_which;
mod phrases;
mod places;
mod rates;
mod share_rows;
mod shares;
mod ratio;
mod repeats;
mod digest;
mod headed;
mod last_year;
mod quotients;
mod rest_of_rate;
mod subject_share;
mod rank_rows;
mod row_names;
mod impossible;
mod said;
mod samples;
mod satisfaction;
mod scores;
mod marks;
mod sums;
mod survey_chain;
mod surveys;
mod tables;
mod tied;
mod territory;
mod units;
mod variants;
mod weights;
mod yearly;
mod chronicle;
mod spans_told;
mod heard_twice;
mod one_letter;
mod reckon;
mod targets_told;
mod abbreviated;
mod drawn;
mod for_each;
mod misspelt;
mod names_told;
mod graded_rows;
mod point_gaps;
mod noun_parts;
mod named_parts;
mod persons;
mod quarter_sums;
mod ranked_names;
mod roster;
mod rows_told;
mod running;
mod scorebook;
mod share_list;
mod stock;
mod bound;
mod bound_lists;
mod bracket_kinds;
mod closing_names;
mod paid;
mod shares_behind;

#[cfg(test)]
mod tests;

pub(super) use acquit::explained;
pub(super) use grid::Grid;
pub(super) use plausible::slip_explains;
pub(super) use tied::severity;

use super::claim::Claims;
use super::doc::Doc;
use super::finding::Sink;

/// A relation: reads claims, adds findings.
pub(super) type Relation = fn(&Doc, &Claims, &mut Sink<'_>);

/// The relations that ask of nothing that another has found, in no order that matters: findings are sorted by place.
pub(super) const FIRST: &[Relation] = &[
    completion::check,
    rates::check,
    share_rows::check,
    named_share::check,
    told_twice::check,
    parts::check,
    territory::check,
    tables::check,
    repeats::check,
    counts::check,
    places::check,
    variants::check,
    dates::check,
    weights::check,
    bands::check,
    scores::check,
    marks::check,
    band_gap::check,
    told_bands::check,
    row_count::check,
    remainder::check,
    groups::check,
    samples::check,
    impossible::check,
    averages::check,
    balance::check,
    arithmetic::check,
    direction::check,
    difference::check,
    extremes::check,
    listing::check,
    ratio::check,
    paired::check,
    sums::check,
    row_names::check,
    rank_rows::sums,
    subject_share::check,
    rest_of_rate::check,
    last_year::check,
    headed::check,
    digest::check,
    units::check,
    phrases::check,
    breakdown::check,
    shares::attached::check,
    value_list::check,
    score_told::check,
    total_told::check,
    grown_lists::check,
    one_whole::check,
    nouns::check,
    sites::check,
    per_site::check,
    halves::check,
    months::check,
    person_months::check,
    respective::check,
    rows_of_three::check,
    certified::check,
    siblings::check,
    spread::check,
    taken::check,
    proportions::check,
    captioned::check,
    counted_sums::check,
    money_left::check,
    parallel::check,
    table_rates::check,
    in_order::check,
    refers::check,
    states::check,
    steps::check,
    both_units::check,
    bounds::check,
    since_then::check,
    row_changes::check,
    shared_out::check,
    degrees::check,
    quarters::check,
    multiples::check,
    instalments::check,
    survey_chain::check,
    closed_cases::check,
    over_full::check,
    yearly::check,
    abbreviated::check,
    misspelt::check,
    running::check,
    persons::check,
    graded_rows::check,
    ranked_names::check,
];

/// Those that keep silent where another has spoken, in this order, after all others.
pub(super) const AFTER: &[Relation] = &[
    quotients::check,
    mean_beside::check,
    tight::check,
    named_rate::check,
    spelled::check,
    product::check,
    told_again::check,
    monthly::check,
    middle::check,
    split::check,
    drawn::check,
    stock::check,
    roster::check,
    names_told::check,
    noun_parts::check,
    named_parts::check,
    for_each::check,
    quarter_sums::check,
    share_list::check,
    scorebook::check,
    rows_told::check,
    point_gaps::check,
    point_gaps::each_of_rows,
    bound::check,
    bracket_kinds::check,
    closing_names::check,
    paid::check,
    shares_behind::check,
    chronicle::check,
    one_letter::check,
    heard_twice::check,
    reckon::check,
    targets_told::check,
];
