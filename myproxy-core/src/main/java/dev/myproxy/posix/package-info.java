/**
 * The few calls of the C library that Java has no API for, with their errors as exceptions.
 *
 * <p>Linked when first used, which takes some 60 ms: not on an event loop. May use nothing of ours.
 */
@NullMarked
package dev.myproxy.posix;

import org.jspecify.annotations.NullMarked;
