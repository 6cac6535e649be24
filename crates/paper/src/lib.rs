//! A document model and its renderings: PDF, DOCX, HTML, XLSX and SVG charts. Knows nothing of the domain.
