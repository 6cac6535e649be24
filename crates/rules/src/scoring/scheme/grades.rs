//! Checks of grades, vetoes, deductions and bonuses.

use kernel::trimmed;
use rust_decimal::Decimal;

use super::check::Check;
use super::raw::{RawBonus, RawDeduction, RawGrade, RawVeto};
use super::{Bonus, Deduction, Grade, Rounding, Stage, Veto};
use crate::scoring::source::{Number, nearest};

impl Check<'_> {
    /// Descending to 0, so that every total from 0 to the full marks has exactly one grade.
    pub(super) fn grades(&mut self, raw: Vec<RawGrade>, full: Decimal) -> Vec<Grade> {
        self.unique("grade", raw.iter().map(|grade| &grade.code));
        let places: Vec<_> = raw.iter().map(|grade| grade.from.span()).collect();
        let mut grades: Vec<Grade> = Vec::new();
        for grade in raw {
            let from = self.points(&grade.from);
            if from > full {
                let what =
                    format!("等级“{}”从 {} 分起，高于满分 {}", grade.name, trimmed(from), trimmed(full));
                self.refuse("grade_above_full", &grade.from.span(), what, "写不高于满分的分数。");
            }
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
            let lowest = grades.last().map_or(full, |lowest| lowest.from);
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
            let points = self.as_fine_as_total(&deduction.points, "扣分", rounding);
            let (code, name, ground) = (deduction.code.into_inner(), deduction.name, deduction.ground);
            deductions.push(Deduction { code, name, ground, points });
        }
        deductions
    }

    pub(super) fn bonuses(&mut self, raw: Vec<RawBonus>, rounding: &Rounding) -> Vec<Bonus> {
        self.unique("bonus", raw.iter().map(|bonus| &bonus.code));
        let mut bonuses = Vec::new();
        for bonus in raw {
            let points = self.as_fine_as_total(&bonus.points, "加分", rounding);
            let most = self.as_fine_as_total(&bonus.most, "加分", rounding);
            if most < points {
                let what =
                    format!("“{}”每次加 {} 分，最多却只加 {} 分", bonus.name, trimmed(points), trimmed(most));
                self.refuse("bonus_above_most", &bonus.most.span(), what, "把 most 改为不小于 points。");
            }
            let (code, name, ground) = (bonus.code.into_inner(), bonus.name, bonus.ground);
            bonuses.push(Bonus { code, name, ground, points, most });
        }
        bonuses
    }

    /// Points taken off or added: no finer than a rounded total, so that the printed steps sum to it.
    fn as_fine_as_total(&mut self, number: &Number, kind: &str, rounding: &Rounding) -> Decimal {
        let points = self.points(number);
        if rounding.at.contains(&Stage::Total) && points.normalize().scale() > rounding.decimals {
            let what = format!("{kind} {} 的小数位比总分多", trimmed(points));
            let remedy = format!("最多写 {} 位小数。", rounding.decimals);
            self.refuse("finer_than_total", &number.span(), what, remedy);
        }
        points
    }
}
