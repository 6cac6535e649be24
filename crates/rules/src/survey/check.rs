//! What may be wrong with a questionnaire, all of it said at once.

use std::collections::BTreeSet;
use std::ops::Range;

use kernel::Problem;

use super::fill::{DECLINED, UNKNOWN};
use super::questionnaire::{Asks, Choice, Dimension, Question, Questionnaire, Scale, When};
use super::raw::{RawQuestion, RawQuestionnaire, RawScale};
use crate::scoring::source::{Source, nearest};

/// The longest code: it is the name of a field and of a column.
const LONGEST: usize = 40;

struct Check<'s> {
    source: Source<'s>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, code: &'static str, at: &Range<usize>, what: String, remedy: &str) {
        self.problems.push(Problem::new(code, what, remedy).at(self.source.place(at)));
    }

    fn code(&mut self, written: &toml::Spanned<String>) -> String {
        let code = written.get_ref().clone();
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_-".contains(letter);
        if code.is_empty() || code.len() > LONGEST || !code.chars().all(fits) {
            let what = format!("代码“{code}”不合规定");
            self.add("bad_code", &written.span(), what, "用小写字母、数字、下划线，不超过 40 个。");
        }
        code
    }
}

pub(super) fn checked(source: Source<'_>, raw: RawQuestionnaire) -> Result<Questionnaire, Vec<Problem>> {
    let mut check = Check { source, problems: Vec::new() };
    let code = check.code(&raw.code);
    let scale_at = raw.scale.span();
    let scale = scale(&mut check, raw.scale.into_inner(), &scale_at);
    let places: Vec<Range<usize>> = raw.question.iter().map(|one| one.code.span()).collect();
    let targets: Vec<Option<Range<usize>>> =
        raw.question.iter().map(|one| one.when.as_ref().map(|when| when.question.span())).collect();
    let answers: Vec<Vec<Range<usize>>> = raw
        .question
        .iter()
        .map(|one| one.when.iter().flat_map(|when| &when.is).map(toml::Spanned::span).collect())
        .collect();
    let questions: Vec<Question> = raw.question.into_iter().map(|one| question(&mut check, one)).collect();
    let (version, name, note, opening) = (raw.version, raw.name, raw.note, raw.opening);
    let read = Questionnaire { code, version, name, note, opening, scale, questions };
    once(&mut check, &read, &places);
    dimensions(&mut check, &read, &scale_at);
    skips(&mut check, &read, (&targets, &answers));
    if check.problems.is_empty() { Ok(read) } else { Err(check.problems) }
}

fn scale(check: &mut Check<'_>, raw: RawScale, at: &Range<usize>) -> Scale {
    let mut known = BTreeSet::new();
    for point in &raw.points {
        if !known.insert(*point.value.get_ref()) {
            let what = format!("量表里 {} 分写了两次", point.value.get_ref());
            check.add("duplicate_points", &point.value.span(), what, "每个分数只写一次。");
        }
    }
    if raw.points.len() < 2 {
        let what = "量表没有分数，或只有一个".to_owned();
        check.add(
            "scale_without_points",
            at,
            what,
            "在 [scale] 的 points 里至少写两个：{ value = 5, label = \"…\" }。",
        );
    } else if !known.contains(raw.satisfied.get_ref()) {
        let what = format!("satisfied = {} 不是量表里的分数", raw.satisfied.get_ref());
        check.add("unknown_points", &raw.satisfied.span(), what, "写量表里的一个分数：从这个分数起算满意。");
    }
    let mut points: Vec<(u32, String)> =
        raw.points.into_iter().map(|point| (point.value.into_inner(), point.label)).collect();
    points.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
    Scale { points, satisfied: raw.satisfied.into_inner() }
}

fn question(check: &mut Check<'_>, raw: RawQuestion) -> Question {
    let code = check.code(&raw.code);
    let at = raw.code.span();
    if raw.text.trim().is_empty() {
        check.add("question_without_text", &at, format!("“{code}”没有题目"), "在 text 里写问什么。");
    }
    let given =
        [raw.dimension.is_some(), raw.options.is_some(), raw.care].into_iter().filter(|one| *one).count();
    if given != 1 {
        let what = format!("“{code}”没有说怎样答，或说了两种");
        check.add("question_asks", &at, what, "写 dimension、options 或 care = true，三者取一。");
    }
    let mut asks = Asks::Care;
    if let Some(dimension) = raw.dimension {
        match dimension.get_ref().parse() {
            Ok(known) => asks = Asks::Dimension(known),
            Err(_) => {
                let what = format!("没有“{}”这个方面", dimension.get_ref());
                let remedy = "可以写：problem_solved（问题解决）、abilities（能力提升）、support_network（支持网络）。";
                check.add("unknown_dimension", &dimension.span(), what, remedy);
            }
        }
    } else if let Some(options) = raw.options {
        let mut known = BTreeSet::from([UNKNOWN.to_owned(), DECLINED.to_owned()]);
        let mut choices = Vec::new();
        for option in options {
            let (span, code) = (option.code.span(), check.code(&option.code));
            if !known.insert(code.clone()) {
                let what = format!("选项“{code}”写了两次，或与“不清楚”“不愿回答”的代码相同");
                check.add("duplicate_option", &span, what, "换一个代码。");
            }
            choices.push(Choice { code, label: option.label });
        }
        if choices.len() < 2 {
            check.add(
                "question_without_options",
                &at,
                format!("“{code}”的选项不足两个"),
                "在 options 里至少写两个。",
            );
        }
        asks = Asks::Choice(choices);
    }
    let when = raw.when.map(|when| When {
        question: when.question.into_inner(),
        is: when.is.into_iter().map(toml::Spanned::into_inner).collect(),
    });
    Question { code, text: raw.text, asks, required: raw.required, when }
}

/// Each code once; “wants more care” at most once.
fn once(check: &mut Check<'_>, read: &Questionnaire, places: &[Range<usize>]) {
    let (mut known, mut cares) = (BTreeSet::new(), 0);
    for (question, at) in read.questions.iter().zip(places) {
        if !known.insert(question.code.as_str()) {
            let what = format!("题目代码“{}”用了两次", question.code);
            check.add("duplicate_question", at, what, "每题一个代码。");
        }
        cares += usize::from(question.asks == Asks::Care);
        if cares > 1 && question.asks == Asks::Care {
            let what = "“希望多关心”问了两次".to_owned();
            check.add("duplicate_care", at, what, "care = true 的题只留一题。");
        }
    }
}

fn dimensions(check: &mut Check<'_>, read: &Questionnaire, at: &Range<usize>) {
    for dimension in Dimension::ALL {
        if !read.questions.iter().any(|question| question.asks == Asks::Dimension(*dimension)) {
            let what = format!("“{}”这个方面没有题目", dimension.label());
            let remedy = format!("至少写一题 dimension = \"{}\"。", dimension.as_str());
            check.add("dimension_without_question", at, what, &remedy);
        }
    }
}

type Places<'p> = (&'p [Option<Range<usize>>], &'p [Vec<Range<usize>>]);

/// Skip rules: they name an earlier question and answers it has, and lead in no circle.
fn skips(check: &mut Check<'_>, read: &Questionnaire, (targets, answers): Places<'_>) {
    for (place, question) in read.questions.iter().enumerate() {
        let (Some(when), Some(at)) = (&question.when, &targets[place]) else { continue };
        let Some(earlier) = read.questions.iter().position(|other| other.code == when.question) else {
            let near = nearest(&when.question, read.questions.iter().map(|other| other.code.as_str()));
            let remedy =
                near.map_or_else(|| "写前面一题的代码。".to_owned(), |name| format!("是不是“{name}”？"));
            let what = format!("“{}”的跳答提到没有的题“{}”", question.code, when.question);
            check.add("skip_unknown_question", at, what, &remedy);
            continue;
        };
        if let Some(circle) = circle(read, place) {
            let what = format!("跳答绕成了圈：{circle}");
            check.add("skip_cycle", at, what, "去掉其中一条 when。");
            continue;
        }
        if earlier >= place {
            let what = format!("“{}”的跳答要看后面的题“{}”", question.code, when.question);
            check.add("skip_later_question", at, what, "把那一题移到前面。");
        }
        if when.is.is_empty() {
            let what = format!("“{}”的跳答没有写哪些答案", question.code);
            check.add("skip_without_answers", at, what, "在 is 里写前面那一题的答案。");
        }
        let choices = read.choices(&read.questions[earlier]);
        for (answer, at) in when.is.iter().zip(&answers[place]) {
            let offered = choices.iter().any(|choice| choice.code == *answer);
            if !offered && answer != UNKNOWN && answer != DECLINED {
                let known: Vec<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
                let what = format!("“{}”没有“{answer}”这个答案", when.question);
                check.add("skip_unknown_answer", at, what, &format!("可以写：{}。", known.join("、")));
            }
        }
    }
}

/// The circle in which the skip rule of a question leads back to it, in words.
fn circle(read: &Questionnaire, from: usize) -> Option<String> {
    let start = &read.questions[from];
    let mut way = vec![start.code.as_str()];
    let mut at = start;
    while let Some(when) = &at.when {
        way.push(&when.question);
        if when.question == start.code {
            return Some(way.join(" → "));
        }
        if way.len() > read.questions.len() + 1 {
            return None;
        }
        at = read.question(&when.question)?;
    }
    None
}
