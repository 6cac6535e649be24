//! Checks of grades, vetoes and deductions.

use kernel::trimmed;
use rust_decimal::Decimal;

use super::check::Check;
use super::raw::{RawDeduction, RawGrade, RawVeto};
use super::{Deduction, Grade, Rounding, Stage, Veto};
use crate::scoring::source::nearest;

impl Check<'_> {
    /// Descending to 0, so that every total from 0 to 100 has exactly one grade.
    pub(super) fn grades(&mut self, raw: Vec<RawGrade>) -> Vec<Grade> {
        self.unique("grade", raw.iter().map(|grade| &grade.code));
        let places: Vec<_> = raw.iter().map(|grade| grade.from.span()).collect();
        let mut grades: Vec<Grade> = Vec::new();
        for grade in raw {
            let from = self.share(&grade.from);
            if let Some(above) = grades.last().filter(|above| from >= above.from) {
                let what =
                    format!("等级重叠：“{}”{} 排在“{}”{} 之后", grade.name, from, above.name, above.from);
                self.refuse(
                    "grades_overlap",
                    &grade.from.span(),
                    what,
                    "各等级的 from 由高到低排列，不得相同。",
                );
            }
            grades.push(Grade { code: grade.code.into_inner(), name: grade.name, from });
        }
        if grades.last().is_none_or(|lowest| !lowest.from.is_zero()) {
            let lowest = grades.last().map_or(Decimal::ONE_HUNDRED, |lowest| lowest.from);
            let what = format!("{} 分以下没有等级", trimmed(lowest));
            let place = places.last().cloned().unwrap_or(0..0);
            self.refuse("grades_gap", &place, what, "在最后加一个 from = 0 的等级。");
        }
        grades
    }

    pub(super) fn vetoes(&mut self, raw: Vec<RawVeto>, grades: &[Grade]) -> Vec<Veto> {
        self.unique("veto", raw.iter().map(|veto| &veto.code));
        for veto in &raw {
            let names = || grades.iter().map(|grade| grade.code.as_str());
            if !names().any(|code| code == veto.grade.get_ref()) {
                let what = format!("没有代码为“{}”的等级", veto.grade.get_ref());
                let near = nearest(veto.grade.get_ref(), names()).map(|near| format!("是不是“{near}”？"));
                let remedy =
                    format!("改成：{}。{}", names().collect::<Vec<_>>().join("、"), near.unwrap_or_default());
                self.refuse("unknown_grade", &veto.grade.span(), what, remedy);
            }
        }
        let veto = |raw: RawVeto| Veto {
            code: raw.code.into_inner(),
            name: raw.name,
            ground: raw.ground,
            grade: raw.grade.into_inner(),
        };
        raw.into_iter().map(veto).collect()
    }

    pub(super) fn deductions(&mut self, raw: Vec<RawDeduction>, rounding: &Rounding) -> Vec<Deduction> {
        self.unique("deduction", raw.iter().map(|deduction| &deduction.code));
        let mut deductions = Vec::new();
        for deduction in raw {
            let points = self.points(&deduction.points);
            if rounding.at.contains(&Stage::Total) && points.normalize().scale() > rounding.decimals {
                let what = format!("扣分 {} 的小数位比总分多", trimmed(points));
                let remedy = format!("最多写 {} 位小数。", rounding.decimals);
                self.refuse("deduction_finer_than_total", &deduction.points.span(), what, remedy);
            }
            let (code, name, ground) = (deduction.code.into_inner(), deduction.name, deduction.ground);
            deductions.push(Deduction { code, name, ground, points });
        }
        deductions
    }
}
