//! Requests of the app and its pages, on both databases.
