/**
 * All kinds of clients log in as they come out of their packages, through the daemon and directly: each
 * {@link dev.myproxy.it.matrix.LoginClient}, each {@link dev.myproxy.it.matrix.Way}, each
 * {@link dev.myproxy.it.matrix.Password}. What they get is a page of the manual, {@link dev.myproxy.it.matrix.ClientsPage}.
 */
@NullMarked
package dev.myproxy.it.matrix;

import org.jspecify.annotations.NullMarked;
