//! The sample station 昌岗街: records made from a seed, from which every published figure comes out.
//!
//! The station's name and its published figures are real; every person, note, score and answer is invented.
