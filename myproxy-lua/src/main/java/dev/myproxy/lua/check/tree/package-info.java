/**
 * Lua sources as trees, with local and global names told apart. LuaJ's parser reads them; nobody else knows it. Pure.
 */
@NullMarked
package dev.myproxy.lua.check.tree;

import org.jspecify.annotations.NullMarked;
