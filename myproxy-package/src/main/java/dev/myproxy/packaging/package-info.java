/**
 * What the build of the packages needs and no plugin of Maven's does: manual pages and completion out of the command line
 * ({@code Pages}), native libraries laid out for one platform ({@code Natives}), notices of the libraries ({@code Notices}).
 * Run by the profile {@code dist}; not part of what is installed. Of the daemon it may use {@code CommandLine} alone.
 */
@NullMarked
package dev.myproxy.packaging;

import org.jspecify.annotations.NullMarked;
