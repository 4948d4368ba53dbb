package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void showsNothing() {
        Secret secret = Secret.wrap(new byte[]{'p', 'w'});

        assertThat(secret).hasToString("***").hasSameHashCodeAs(Secret.empty());
    }

    @Test
    void copiesWhatItHolds() {
        Secret secret = Secret.wrap(new byte[]{1, 2});

        secret.copy()[0] = 9;

        assertThat(secret.copy()).containsExactly(1, 2);
        assertThat(secret.length()).isEqualTo(2);
        assertThat(secret.isEmpty()).isFalse();
        assertThat(Secret.empty().isEmpty()).isTrue();
    }

    @Test
    void readsFromBuffers() {
        ByteBuf buffer = Unpooled.wrappedBuffer(new byte[]{1, 2, 3});

        assertThat(Secret.read(buffer, 2).copy()).containsExactly(1, 2);
        assertThat(buffer.readableBytes()).isEqualTo(1);
    }

    @Test
    void isEqualByItsBytes() {
        assertThat(Secret.wrap(new byte[]{1})).isEqualTo(Secret.wrap(new byte[]{1}))
                .isNotEqualTo(Secret.wrap(new byte[]{2})).isNotEqualTo(Secret.empty());
    }

    @Test
    void isEmptyOnceWiped() {
        byte[] bytes = {1, 2};
        Secret secret = Secret.wrap(bytes);

        secret.clear();

        assertThat(bytes).containsExactly(0, 0);
        assertThat(secret.isEmpty()).isTrue();
        assertThat(secret.copy()).isEmpty();
    }
}
