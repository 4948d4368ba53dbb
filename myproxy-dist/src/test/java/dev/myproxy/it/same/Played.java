package dev.myproxy.it.same;

import java.util.List;

/**
 * What came of a script.
 *
 * @param negotiated the flags of its first login, MariaDB's from bit 32 on
 */
record Played(List<Answer> answers, long negotiated) {}
