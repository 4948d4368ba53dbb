/** Tests of the HTTP status. */
@NullMarked
package dev.myproxy.admin;

import org.jspecify.annotations.NullMarked;
