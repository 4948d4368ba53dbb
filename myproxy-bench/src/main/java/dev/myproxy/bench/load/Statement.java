package dev.myproxy.bench.load;

/**
 * A select of one row.
 *
 * @param select   the statement up to the key
 * @param rows     there are the keys from 1 to this
 * @param prepared whether it is prepared once and executed, instead of sent as text each time
 */
public record Statement(String select, int rows, boolean prepared) {}
