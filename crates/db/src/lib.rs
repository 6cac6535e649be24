//! Connections, transactions, versions, sealing and the audit chain, on SQLite and PostgreSQL.
