/**
 * Finds mistakes in configurations without running them: names that nothing sets, attributes and options that do not exist,
 * decisions that are built and not returned.
 *
 * <p>{@link dev.myproxy.lua.check.Inspection} reads the sources ({@code tree}), knows from the annotation files what there
 * is ({@code dev.myproxy.lua.api}), finds out which expressions are of which class ({@code Types}), and runs the rules.
 * Where the source leaves a doubt, nothing is said. Pure.
 */
@NullMarked
package dev.myproxy.lua.check;

import org.jspecify.annotations.NullMarked;
