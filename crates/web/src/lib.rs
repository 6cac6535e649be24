//! What every page needs and no page is about: errors, assets, pagination, the test client.
