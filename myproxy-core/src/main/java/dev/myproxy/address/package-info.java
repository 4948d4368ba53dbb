/**
 * Socket addresses as the configuration writes them: parsing, text form, resolving; and who is at the other end.
 */
@NullMarked
package dev.myproxy.address;

import org.jspecify.annotations.NullMarked;
