//! The slices: one folder for each part of a station's work and of its evaluation.
