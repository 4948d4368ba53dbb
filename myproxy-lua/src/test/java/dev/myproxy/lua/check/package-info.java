/** What inspections find, and what they leave alone. */
@NullMarked
package dev.myproxy.lua.check;

import org.jspecify.annotations.NullMarked;
