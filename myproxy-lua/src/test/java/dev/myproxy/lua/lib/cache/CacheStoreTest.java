package dev.myproxy.lua.lib.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheStoreTest {

    private final CacheStats stats = new CacheStats();
    private long now = Long.MAX_VALUE - 5;
    private final CacheStore store = new CacheStore(2, () -> now, stats);

    private static CacheKey key(String text) {
        return CacheKey.of(LuaValue.of(text)).orElseThrow();
    }

    private void put(String key, long ttlNanos) {
        store.put(key(key), new Held(LuaValue.of(key)), ttlNanos);
    }

    private Optional<LuaValue> get(String key) {
        return store.get(key(key)).map(Held::value);
    }

    @Test
    void anEntryEndsWhenItsTimeIsOverAlsoWhereTheClockWraps() {
        put("a", 10);
        put("b", CacheStore.FOREVER);

        now += 9;
        assertThat(get("a")).contains(LuaValue.of("a"));
        now += 1;

        assertThat(get("a")).isEmpty();
        assertThat(get("b")).contains(LuaValue.of("b"));
        assertThat(stats.entries()).isEqualTo(1);
    }

    @Test
    void theOneThatWasNotUsedForTheLongestTimeMakesRoom() {
        put("a", 10);
        put("b", 10);
        get("a");

        put("c", 10);

        assertThat(get("b")).isEmpty();
        assertThat(get("a")).isPresent();
        assertThat(stats.evictions()).isEqualTo(1);
        assertThat(stats.entries()).isEqualTo(2);
    }

    @Test
    void anEntryThatIsReplacedEvictsNobody() {
        put("a", 10);
        put("b", 10);

        put("a", 20);
        now += 15;

        assertThat(get("a")).isPresent();
        assertThat(get("b")).isEmpty();
        assertThat(stats.evictions()).isZero();
    }

    @Test
    void noTimeToLiveStoresNothingAndRemovesWhatWasThere() {
        put("a", 10);

        put("a", 0);

        assertThat(get("a")).isEmpty();
        assertThat(stats.entries()).isZero();
    }

    @Test
    void clearAndRemoveCount() {
        put("a", 10);
        put("b", 10);

        assertThat(store.remove(key("a"))).isTrue();
        assertThat(store.remove(key("a"))).isFalse();
        store.clear();

        assertThat(get("b")).isEmpty();
        assertThat(stats.entries()).isZero();
    }
}
