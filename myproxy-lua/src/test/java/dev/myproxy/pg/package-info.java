/** Tests of the PostgreSQL client against real servers, and what starts these. */
@NullMarked
package dev.myproxy.pg;

import org.jspecify.annotations.NullMarked;
