package dev.myproxy.manual;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names the headings of one page as code hosts do, so that links work there and on the site. Pure. */
final class Anchors {

    private final Map<String, Integer> taken = new HashMap<>();

    /** The name of the next heading: lower-case words with hyphens between them, with a number if it is there already. */
    String next(String heading) {
        String name = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
        int before = taken.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "-" + before;
    }
}
