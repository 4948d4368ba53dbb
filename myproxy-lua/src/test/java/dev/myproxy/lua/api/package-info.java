/** The API description is read right, is true of both engines, and all that is made of it is up to date. */
@NullMarked
package dev.myproxy.lua.api;

import org.jspecify.annotations.NullMarked;
