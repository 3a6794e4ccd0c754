package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.group.Group;
import dev.rustnet.group.Group.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code rustnet.peers}, and finds the own process in it. */
final class PeerList {
    private static final String PATH = "rustnet.peers";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,200}");
    private static final String FORM = "write \"name@host:port\", or \"host:port\" when the address shall be the name";

    // Injected
    private final List<Problem> problems;

    // State
    private final List<Member> members = new ArrayList<>();
    private final Map<String, Member> byName = new HashMap<>();
    private final Map<String, Member> byAddress = new HashMap<>();
    private String place = "";

    PeerList(List<Problem> problems) {
        this.problems = problems;
    }

    /** Reads the list; what is wrong with it goes into the report. */
    void read(Config config) {
        place = Origins.of(config, PATH);
        ConfigList entries;
        try {
            entries = config.getList(PATH);
        } catch (ConfigException e) {
            problems.add(Problem.of(ProblemCode.BAD_PEER, place + ": " + PATH + " is not a list of addresses.")
                    .fix("peers = [\"first@10.0.0.1:8888\", \"second@10.0.0.2:8888\"]"));
            return;
        }
        for (ConfigValue entry : entries) {
            add(entry);
        }
    }

    private void add(ConfigValue entry) {
        String text = String.valueOf(entry.unwrapped());
        String where = Origins.of(entry.origin()) + ": the entry \"" + text + "\" of " + PATH;
        if (entry.valueType() != ConfigValueType.STRING) {
            problems.add(
                    Problem.of(ProblemCode.BAD_PEER, where + " is not a text.").fix(FORM));
            return;
        }
        int at = text.indexOf('@');
        String address = text.substring(at + 1);
        String name = at < 0 ? text : text.substring(0, at);
        try {
            if (Address.parse(address).port() == 0) {
                throw new IllegalArgumentException("port 0 cannot be reached");
            }
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" is not a name: letters, digits, and . _ -");
            }
        } catch (IllegalArgumentException e) {
            problems.add(Problem.of(ProblemCode.BAD_PEER, where + " is not a peer: " + e.getMessage() + ".")
                    .fix(FORM));
            return;
        }
        Member member = new Member(name, address);
        Member ofName = byName.get(name);
        Member other = ofName == null ? byAddress.get(address) : ofName;
        if (other != null) {
            problems.add(Problem.of(
                            ProblemCode.BAD_PEER,
                            where + " has the " + (ofName == null ? "address" : "name") + " of another entry, \""
                                    + other.name() + "@" + other.address() + "\".")
                    .fix("each process has one name and one address; remove or change one of the two"));
            return;
        }
        members.add(member);
        byName.put(name, member);
        byAddress.put(address, member);
    }

    Group group() {
        return new Group(members);
    }

    /**
     * The own entry: the one with that name, else the one with that address.
     *
     * @param name empty when the configuration gives none
     * @param advertise empty when the configuration gives none
     */
    Optional<Member> self(String name, String advertise) {
        Optional<Member> byName =
                members.stream().filter(member -> member.name().equals(name)).findFirst();
        Optional<Member> byAddress = members.stream()
                .filter(member -> member.address().equals(advertise))
                // A name that the list gives is the name: a process that calls itself otherwise is another one.
                .filter(member -> name.isEmpty() || member.name().equals(member.address()))
                .findFirst();
        Optional<Member> self = byName.isPresent() ? byName : byAddress;
        if (self.isEmpty()) {
            problems.add(notFound(name, advertise));
        }
        return self;
    }

    private Problem notFound(String name, String advertise) {
        String asked = name.isEmpty() && advertise.isEmpty()
                ? "neither rustnet.node.name nor rustnet.node.advertise says who it is"
                : "there is no entry with "
                        + (name.isEmpty() ? "" : "the name \"" + name + "\"")
                        + (name.isEmpty() || advertise.isEmpty() ? "" : " or ")
                        + (advertise.isEmpty() ? "" : "the address \"" + advertise + "\"");
        Problem problem = Problem.of(
                ProblemCode.NOT_IN_PEERS,
                place + ": this process does not find itself in rustnet.peers: " + asked + ".");
        List<String> listed = members.stream()
                .map(member ->
                        member.name().equals(member.address()) ? member.name() : member.name() + "@" + member.address())
                .toList();
        return problem.with("peers", listed.isEmpty() ? "none" : String.join(", ", listed))
                .fix("list every process, this one included, the same everywhere; rustnet.node.name names this one");
    }
}
