/**
 * Makes the manual's site out of {@code docs/*.md}: pages of HTML with navigation, search and highlighted code that need no
 * server and no network. The table of contents is {@code docs/index.md}; links that lead nowhere fail the build. Stands with
 * the tests because nothing of it is installed but its result; uses commonmark-java, and knows nothing of the daemon.
 */
@NullMarked
package dev.myproxy.manual;

import org.jspecify.annotations.NullMarked;
