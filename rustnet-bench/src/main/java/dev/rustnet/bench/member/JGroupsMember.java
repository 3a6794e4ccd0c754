package dev.rustnet.bench.member;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.util.MessageBatch;

/**
 * A JGroups channel with reliable multicast (NAKACK2) over TCP, tuned as an expert would: what its own tcp.xml says, with
 * larger credits and garbage collection in larger steps, a bundler that neither drops nor hands over between threads, no
 * delay in TCP, platform threads, no diagnostics.
 */
final class JGroupsMember implements Member, Receiver {
    /** How a multicast is sent. */
    enum Send {
        PLAIN,
        /** Each is acknowledged by all members; the sender does not wait for it. */
        ACKNOWLEDGED
    }

    private static final int SHORT_MESSAGE = 512;

    // Injected
    private final Role role;
    private final Deliveries deliveries;
    private final Send send;
    private final JChannel channel;

    // State
    private final CountDownLatch joined = new CountDownLatch(1);
    private volatile boolean complete;
    private Runnable onLoss = () -> {};

    JGroupsMember(Role role, Deliveries deliveries, Send send) throws Exception {
        this.role = role;
        this.deliveries = deliveries;
        this.send = send;
        channel = new JChannel(new ByteArrayInputStream(stack(role, send).getBytes(StandardCharsets.UTF_8)));
    }

    private static String stack(Role role, Send send) {
        String hosts =
                role.ports().stream().map(port -> "127.0.0.1[" + port + "]").collect(Collectors.joining(","));
        // With larger credits short messages outnumber what the bundler holds, and it stalls.
        String credits = role.messageLength() < SHORT_MESSAGE ? "1M" : "8M";
        return """
                <config xmlns="urn:org:jgroups">
                  <TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0" tcp_nodelay="true"
                       buffered_input_stream_size="65536" buffered_output_stream_size="65536" sock_conn_timeout="300ms"
                       bundler_type="pd" bundler.max_size="64K" bundler.capacity="16k" bundler.use_ringbuffer="true"
                       bundler.drop_when_full="false" bundler.use_single_sender_thread="false"
                       message_processing_policy="max" diag.enabled="false" use_virtual_threads="false"
                       thread_pool.min_threads="0" thread_pool.max_threads="200" thread_pool.keep_alive_time="60s"/>
                  <TCPPING async_discovery="true" initial_hosts="%s" port_range="0"/>
                  <MERGE3 min_interval="10s" max_interval="30s"/>
                  <FD_SOCK2/>
                  <FD_ALL3 timeout="40s" interval="5s"/>
                  <VERIFY_SUSPECT2 timeout="1.5s"/>
                  <BARRIER/>
                  <pbcast.NAKACK2 use_mcast_xmit="false"/>
                  <UNICAST3/>
                  <pbcast.STABLE desired_avg_gossip="50s" max_bytes="16M"/>
                  <pbcast.GMS print_local_addr="false" join_timeout="2s"/>
                  <MFC max_credits="%s" min_threshold="0.4"/>
                  <UFC max_credits="%s" min_threshold="0.4"/>
                  <FRAG4 frag_size="60K"/>
                  %s
                </config>
                """.formatted(
                        role.port(role.rank()),
                        hosts,
                        credits,
                        credits,
                        send == Send.ACKNOWLEDGED ? "<RSVP resend_interval=\"2s\" timeout=\"10s\"/>" : "");
    }

    @Override
    public void join() throws Exception {
        channel.setReceiver(this);
        channel.connect("bench");
        joined.await();
    }

    @Override
    public void viewAccepted(View view) {
        if (view.size() == role.members()) {
            complete = true;
            joined.countDown();
        } else if (complete) {
            onLoss.run();
        }
    }

    @Override
    public void receive(Message message) {
        deliveries.delivered(message.getArray(), message.getOffset(), message.getLength());
    }

    @Override
    public void receive(MessageBatch batch) {
        for (Message message : batch) {
            receive(message);
        }
    }

    @Override
    public void flood(Messages messages) {
        var sender = new Thread(
                () -> {
                    while (channel.isConnected()) {
                        broadcast(messages.next());
                    }
                },
                "sender");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public void broadcast(byte[] payload) {
        Message message = new BytesMessage(null, payload);
        if (send == Send.ACKNOWLEDGED) {
            message.setFlag(Message.Flag.RSVP_NB);
        }
        try {
            channel.send(message);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onLoss(Runnable action) {
        onLoss = action;
    }

    @Override
    public void close() {
        channel.close();
    }
}
