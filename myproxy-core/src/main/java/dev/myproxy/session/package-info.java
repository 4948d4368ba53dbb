/**
 * A client, its backend, and the phases that both go through from the greeting to the end.
 */
@NullMarked
package dev.myproxy.session;

import org.jspecify.annotations.NullMarked;
