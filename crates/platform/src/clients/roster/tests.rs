//! Reconciling through the router, on both databases.
