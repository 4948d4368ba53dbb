/** Tests of the commands that ask a running daemon. */
@NullMarked
package dev.myproxy.admin.client;

import org.jspecify.annotations.NullMarked;
