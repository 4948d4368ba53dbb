/**
 * Figures and what is made of them: medians, spreads and ratios, the table, the JSON file, and the section of
 * docs/performance.md. Everything here but {@link dev.myproxy.bench.report.Machine} is pure.
 */
@NullMarked
package dev.myproxy.bench.report;

import org.jspecify.annotations.NullMarked;
