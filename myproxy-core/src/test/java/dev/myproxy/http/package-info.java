/** Tests of the HTTP server for pages. */
@NullMarked
package dev.myproxy.http;

import org.jspecify.annotations.NullMarked;
