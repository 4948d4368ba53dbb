/** What messages to people are made of. Pure; may use nothing else of ours. */
@NullMarked
package dev.myproxy.text;

import org.jspecify.annotations.NullMarked;
