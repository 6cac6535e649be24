//! Requests through the router, on both databases.
