//! Relations: each file sets one kind of claims against each other. None reads the file, none knows a station.

mod a_month;
mod abbreviated;
mod abstract_told;
mod acquit;
mod added_up;
mod advice;
mod arithmetic;
mod asked_and_done;
mod asked_people;
mod averages;
mod balance;
mod band_gap;
mod band_words;
mod bands;
mod based_on;
mod below_table;
mod best_month;
mod both_units;
mod bound;
mod bound_lists;
mod bounds;
mod bracket_kinds;
mod breakdown;
mod captioned;
mod certified;
mod chronicle;
mod closed;
mod closed_cases;
mod closing_names;
mod column_means;
mod columns;
mod completion;
mod computed;
mod counted_sums;
mod counts;
mod dates;
mod days_after;
mod degrees;
mod density;
mod difference;
mod digest;
mod direction;
mod doubled_words;
mod drawn;
mod each;
mod extreme_names;
mod extremes;
mod extremes_told;
mod family;
mod flow;
mod for_each;
mod from_to;
mod general;
mod graded;
mod graded_here;
mod graded_rows;
mod grading;
mod grid;
mod groups;
mod grown_by;
mod grown_columns;
mod grown_lists;
mod grown_to;
mod growth;
mod halves;
mod headed;
mod heard_twice;
mod impossible;
mod in_each;
mod in_months;
mod in_order;
mod in_rows;
mod instalments;
mod last_year;
mod lasting;
mod late_days;
mod left_below;
mod list_facts;
mod list_totals;
mod listed_lines;
mod listing;
mod marks;
mod mean_beside;
mod middle;
mod misspelt;
mod money_left;
mod monthly;
mod months;
mod more_by;
mod multiples;
mod named_parts;
mod named_rate;
mod named_share;
mod named_values;
mod names_told;
mod noun_parts;
mod nouns;
mod odd_unit;
mod of_lead;
mod of_those;
mod of_which;
mod one_after_other;
mod one_each;
mod one_letter;
mod one_slip;
mod one_whole;
mod opposites;
mod over_full;
mod owed;
mod paid;
mod paired;
mod parallel;
mod partitions;
mod parts;
mod per_month;
mod per_site;
mod periods;
mod person_months;
mod persons;
mod phrases;
mod places;
mod plausible;
mod point_gaps;
mod priced;
mod product;
mod proportions;
mod quarter_sums;
mod quarters;
mod quoted;
mod quotients;
mod rank_rows;
mod ranked_names;
mod rates;
mod ratio;
mod reached;
mod refers;
mod remainder;
mod repeats;
mod report_dates;
mod report_day;
mod respective;
mod rest_of_rate;
mod roster;
mod row_changes;
mod row_count;
mod row_names;
mod row_products;
mod rows_of_three;
mod rows_told;
mod running;
mod said;
mod sample_least;
mod samples;
mod satisfaction;
mod score_rates;
mod score_told;
mod scorebook;
mod scores;
mod sentence;
mod set_words;
mod share_list;
mod share_rows;
mod share_slips;
mod shared_out;
mod shares;
mod shares_behind;
mod short_of;
mod siblings;
mod since_then;
mod since_year;
mod sites;
mod spans_told;
mod spelled;
mod spent_rate;
mod split;
mod splits;
mod spread;
mod states;
mod steps;
mod stock;
mod subject_share;
mod sums;
mod survey_chain;
mod surveys;
mod table_rates;
mod tables;
mod taken;
mod targets_told;
mod territory;
mod then_more;
mod these;
mod tied;
mod tight;
mod together;
mod told;
mod told_again;
mod told_bands;
mod told_twice;
mod total_told;
mod two_degrees;
mod units;
mod value_list;
mod variants;
mod weekdays;
mod weights;
mod what_is_left;
mod word_twice;
mod yearly;
mod yuan;

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
pub(super) struct Relation {
    /// Its function, after its file: `parts::check`.
    pub(super) name: &'static str,
    check: fn(&Doc, &Claims, &mut Sink<'_>),
}

impl Relation {
    pub(super) fn run(&self, doc: &Doc, claims: &Claims, sink: &mut Sink<'_>) {
        sink.by = self.name;
        (self.check)(doc, claims, sink);
    }
}

macro_rules! relations {
    ($($check:path),* $(,)?) => { &[$(Relation { name: stringify!($check), check: $check }),*] };
}

/// The relations that ask of nothing that another has found. Of two that say as much of a place the first is heard.
pub(super) const FIRST: &[Relation] = relations![
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
    weekdays::check,
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
pub(super) const AFTER: &[Relation] = relations![
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
    in_each::check,
    a_month::check,
    density::check,
    sample_least::check,
    grown_by::check,
    extremes_told::check,
    best_month::check,
    short_of::check,
    targets_told::check,
    set_words::check,
    asked_people::check,
    spent_rate::check,
    one_each::check,
    doubled_words::check,
    grown_to::check,
    these::check,
    together::check,
    two_degrees::check,
    of_lead::check,
    report_day::check,
    what_is_left::check,
    days_after::check,
    advice::check,
    from_to::check,
    in_months::check,
    below_table::check,
    of_those::check,
    list_totals::check,
    left_below::check,
    since_year::check,
    reached::check,
    list_facts::check,
    in_rows::check,
    row_products::check,
    asked_and_done::check,
    flow::check,
    then_more::check,
    splits::check,
    owed::check,
    per_month::check,
    based_on::check,
    quoted::check,
    one_after_other::check,
    graded_here::check,
    lasting::check,
    partitions::check,
    column_means::check,
    extreme_names::check,
    score_rates::check,
    more_by::check,
    added_up::check,
    abstract_told::check,
    late_days::check,
    listed_lines::check,
    priced::check,
    share_slips::check,
    word_twice::check,
    yuan::check,
];
