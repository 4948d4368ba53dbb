package dev.myproxy.it.same;

import java.util.List;

/**
 * What came after a step.
 *
 * @param step    the line of the script
 * @param packets masked
 * @param ended   whether the connection ended behind them. That it was closed in good order or reset is all the same: for
 *                the kernel that is a matter of what it had not delivered yet.
 */
record Answer(String step, List<Seen> packets, boolean ended) {}
