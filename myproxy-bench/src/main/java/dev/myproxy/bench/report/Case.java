package dev.myproxy.bench.report;

/**
 * One thing that is measured at every target.
 *
 * @param id            for programs, such as {@code select-8}
 * @param name          for people, such as {@code point select, 8 connections}
 * @param unit          of its value, such as {@code queries/s}
 * @param processorUnit of the proxy's processor time, such as {@code µs/query}; empty if that is not measured
 */
public record Case(String id, String name, String unit, String processorUnit) {}
