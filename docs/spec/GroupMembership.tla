--------------------------- MODULE GroupMembership ---------------------------
(***************************************************************************)
(* The view changes of group-membership, and uniform reliable broadcast    *)
(* over them. README.md in this directory says what is modelled, what is   *)
(* not, and how the actions are called in the code.                        *)
(*                                                                         *)
(* Whatever was sent may arrive at any time or never: so what was sent is  *)
(* remembered (sent, acked, promises, proposed, votes), and who receives   *)
(* it reads it there. Acknowledgements and data of a view are read only in *)
(* that view. A suspicion that comes and goes needs no variable: it can    *)
(* only let a process deliver as soon as a majority has acknowledged.      *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    Members,      \* the members of the first view
    Joiner,       \* a new incarnation of one of them
    None,         \* no value
    Views,        \* the number of the last view: views 1 .. Views - 1 can be changed
    Ballots,      \* ballots in each change
    Broadcasts,   \* messages that are broadcast, all processes together
    Crashes,      \* processes that crash
    Suspicions,   \* wrong suspicions that last for the exclusion-timeout
    Leaves,       \* processes that leave
    Uniform,      \* TRUE: uniform reliable broadcast; FALSE: reliable broadcast
    Variant       \* "none", or the name of a mistake

Processes == Members \cup {Joiner}
Changes == 1 .. Views - 1
Zero == [s \in Processes |-> 0]

ASSUME Joiner \notin Members /\ Views >= 2 /\ Ballots >= 1 /\ Uniform \in BOOLEAN

VARIABLES
    alive,        \* processes that run
    former,       \* the process of which Joiner is the next incarnation, or None
    suspicions,   \* <<p, q>>: p has suspected q, which runs, for the exclusion-timeout
    leaving,      \* processes that have said goodbye
    view,         \* view[p]: number of the view that p has installed last, 0: none yet
    held,         \* held[p][s]: p holds the messages 1 .. held[p][s] of s
    delivered,    \* delivered[p][s]: p has delivered the messages up to it (a joiner: from its first view on)
    promised,     \* promised[p]: highest ballot that p has reported for in its view; above 0, p has stopped
    accepted,     \* accepted[p]: last proposal that p has accepted in its view, with its ballot, or None
    sent,         \* sent[v][s]: number of the last message that s has broadcast in view v, 0: none
    acked,        \* acked[v][p][s]: highest acknowledgement that p has sent in view v
    promises,     \* promises[v][b][p]: the report of p for ballot b in view v, with what it has accepted, or None
    proposed,     \* proposed[v][b]: the value proposed in ballot b of view v, or None
    votes,        \* votes[v][b]: processes that have accepted it
    installed,    \* installed[p][v]: the value (members, cut) by which p has installed view v, or None
    closed        \* closed[p][v]: what p had delivered when it went from view v to the next, or None

processVars == <<alive, former, suspicions, leaving>>
broadcastVars == <<held, delivered, sent, acked>>
messageVars == <<promises, proposed, votes>>
viewVars == <<view, installed, closed>>
vars == <<processVars, broadcastVars, viewVars, promised, accepted, messageVars>>

-----------------------------------------------------------------------------

Larger(x, y) == IF x > y THEN x ELSE y
Covers(cut, report) == \A s \in Processes : cut[s] >= report[s]
Join(reports) == [s \in Processes |-> CHOOSE k \in {r[s] : r \in reports} : \A r \in reports : r[s] <= k]

(* The members of view v, as p, which has installed it, knows them. *)
MembersOf(p, v) == installed[p][v].members

(* Who takes part in the change of view v. All who have installed v agree on it, or ViewAgreement is broken anyway. *)
Installers(v) == {p \in Processes : installed[p][v] # None}
Electorate(v) == MembersOf(CHOOSE p \in Installers(v) : TRUE, v)

IsMajority(some, of) == 2 * Cardinality(some \cap of) > Cardinality(of)

(* The incarnations of one process count as one, which they must not. *)
Named(p) == IF p = Joiner /\ former # None THEN former ELSE p
NamesOf(some) == {Named(p) : p \in some}

IsQuorum(some, v) ==
    CASE Variant = "quorum-without-majority" -> some \cap Electorate(v) # {}
      [] Variant = "majority-of-names" -> IsMajority(NamesOf(some), Members)
      [] OTHER -> IsMajority(some, Electorate(v))

MayVote(p, v) == p \in Electorate(v) \/ (Variant = "majority-of-names" /\ p = Joiner)

(* The highest acknowledgement of q that can have reached p, which is in view v. *)
Acknowledged(p, v, q, s) ==
    LET here == Larger(installed[p][v].cut[s], acked[v][q][s])
    IN IF Variant = "old-acknowledgements-count" /\ v > 1 /\ s = Joiner /\ former # None
       THEN Larger(here, acked[v - 1][q][former])
       ELSE here

Stopped(p) == promised[p] > 0

RECURSIVE Sum(_, _)
Sum(f, S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN f[x] + Sum(f, S \ {x})

-----------------------------------------------------------------------------
(* The first view. How it is formed is not part of the model. *)

Init ==
    /\ alive = Members
    /\ former = None
    /\ suspicions = {}
    /\ leaving = {}
    /\ view = [p \in Processes |-> IF p \in Members THEN 1 ELSE 0]
    /\ held = [p \in Processes |-> Zero]
    /\ delivered = [p \in Processes |-> Zero]
    /\ promised = [p \in Processes |-> 0]
    /\ accepted = [p \in Processes |-> None]
    /\ sent = [v \in 1 .. Views |-> Zero]
    /\ acked = [v \in 1 .. Views |-> [p \in Processes |-> Zero]]
    /\ promises = [v \in Changes |-> [b \in 1 .. Ballots |-> [p \in Processes |-> None]]]
    /\ proposed = [v \in Changes |-> [b \in 1 .. Ballots |-> None]]
    /\ votes = [v \in Changes |-> [b \in 1 .. Ballots |-> {}]]
    /\ installed = [p \in Processes |-> [v \in 1 .. Views |->
            IF v = 1 /\ p \in Members THEN [members |-> Members, cut |-> Zero] ELSE None]]
    /\ closed = [p \in Processes |-> [v \in Changes |-> None]]

-----------------------------------------------------------------------------
(* The environment: crashes, restarts, wrong suspicions, goodbyes. *)

Crash(p) ==
    /\ p \in alive
    /\ Cardinality((Members \cup {Joiner}) \ alive) - (IF former = None THEN 1 ELSE 0) < Crashes
    /\ alive' = alive \ {p}
    /\ UNCHANGED <<former, suspicions, leaving, broadcastVars, viewVars, promised, accepted, messageVars>>

(* A view without p is agreed: the end of its incarnation, when it learns it. *)
Chosen(v, b) == proposed[v][b] # None /\ IsQuorum(votes[v][b], v)
Excluded(p) == \E v \in Changes, b \in 1 .. Ballots :
    v = view[p] /\ Chosen(v, b) /\ p \notin proposed[v][b].members

(* The next incarnation of p. It remembers nothing. *)
Restart(p) ==
    /\ former = None
    /\ p \in Members /\ (p \notin alive \/ Excluded(p))
    /\ former' = p
    /\ alive' = (alive \ {p}) \cup {Joiner}
    /\ UNCHANGED <<suspicions, leaving, broadcastVars, viewVars, promised, accepted, messageVars>>

Suspect(p, q) ==
    /\ p \in alive /\ q \in alive /\ p # q
    /\ view[p] \in Changes /\ q \in MembersOf(p, view[p])
    /\ <<p, q>> \notin suspicions
    /\ Cardinality(suspicions) < Suspicions
    /\ suspicions' = suspicions \cup {<<p, q>>}
    /\ UNCHANGED <<alive, former, leaving, broadcastVars, viewVars, promised, accepted, messageVars>>

Leave(p) ==
    /\ p \in alive \ leaving /\ view[p] > 0
    /\ Cardinality(leaving) < Leaves
    /\ leaving' = leaving \cup {p}
    /\ UNCHANGED <<alive, former, suspicions, broadcastVars, viewVars, promised, accepted, messageVars>>

-----------------------------------------------------------------------------
(* Broadcasts within a view. *)

Broadcast(s) ==
    /\ s \in alive /\ view[s] > 0 /\ ~Stopped(s)
    /\ Sum([p \in Processes |-> held[p][p]], Processes) < Broadcasts
    /\ LET k == held[s][s] + 1
           v == view[s]
       IN /\ held' = [held EXCEPT ![s][s] = k]
          /\ sent' = [sent EXCEPT ![v][s] = k]
          /\ acked' = [acked EXCEPT ![v][s][s] = k]
    /\ UNCHANGED <<delivered, processVars, viewVars, promised, accepted, messageVars>>

(* p accepts the next message of s, from whomever, and acknowledges it. *)
Receive(p, s) ==
    /\ p \in alive /\ view[p] > 0
    /\ ~Stopped(p) \/ Variant = "acknowledge-after-report"
    /\ LET k == held[p][s] + 1
           v == view[p]
       IN /\ k <= sent[v][s]
          /\ held' = [held EXCEPT ![p][s] = k]
          /\ acked' = [acked EXCEPT ![v][p][s] = k]
    /\ UNCHANGED <<delivered, sent, processVars, viewVars, promised, accepted, messageVars>>

(* Every member that p does not suspect has acknowledged, and a majority has: whom p suspects is free. *)
Deliver(p, s) ==
    /\ p \in alive /\ view[p] > 0 /\ ~Stopped(p)
    /\ LET k == delivered[p][s] + 1
           v == view[p]
           acknowledging == {q \in MembersOf(p, v) : Acknowledged(p, v, q, s) >= k}
       IN /\ k <= held[p][s]
          /\ Uniform => IsMajority(acknowledging, MembersOf(p, v))
          /\ delivered' = [delivered EXCEPT ![p][s] = k]
    /\ UNCHANGED <<held, sent, acked, processVars, viewVars, promised, accepted, messageVars>>

-----------------------------------------------------------------------------
(* The change of a view: flush and agreement are one. *)

(* p stops, and reports what it holds, together with its promise for ballot b. *)
Report(p, b) ==
    /\ p \in alive
    /\ \E v \in Changes :
        /\ v = view[p] \/ (Variant = "majority-of-names" /\ view[p] = 0 /\ p = Joiner /\ v = 1)
        /\ MayVote(p, v)
        /\ b > promised[p]
        /\ promised' = [promised EXCEPT ![p] = b]
        /\ promises' = [promises EXCEPT ![v][b][p] = [report |-> held[p], accepted |-> accepted[p]]]
    /\ UNCHANGED <<processVars, broadcastVars, viewVars, accepted, proposed, votes>>

(* Whether all that v has and keeps not may be left out. *)
MayLeaveOut(out, v) == \A q \in out :
    \/ q \notin alive
    \/ q \in leaving
    \/ LET word == {p \in Electorate(v) : <<p, q>> \in suspicions}
       IN IF Variant = "one-word-excludes" THEN word # {} ELSE IsMajority(word, Electorate(v))
    \/ Variant = "quorum-without-majority"

(* The coordinator of ballot b proposes, from the reports that have reached it. Any member may be the coordinator. *)
Propose(v, b) ==
    /\ proposed[v][b] = None
    /\ \E p \in alive : view[p] = v
    /\ \E from \in SUBSET {p \in Processes : promises[v][b][p] # None} :
        /\ IsQuorum(from, v) \/ (Variant = "leavers-left-out" /\ from # {})
        /\ LET votesSeen == {promises[v][b][p].accepted : p \in from} \ {None}
               last == CHOOSE a \in votesSeen : \A other \in votesSeen : other.ballot <= a.ballot
               cut == Join({promises[v][b][p].report : p \in from})
           IN IF votesSeen # {}
              THEN proposed' = [proposed EXCEPT ![v][b] =
                      IF Variant = "members-without-cut" THEN [last.value EXCEPT !.cut = cut] ELSE last.value]
              ELSE \E kept \in SUBSET Electorate(v), joining \in SUBSET ({Joiner} \cap alive) :
                      /\ kept # {}
                      /\ kept \subseteq from \/ Variant = "kept-without-report"
                      /\ kept \cap leaving = {}
                      /\ Joiner \in joining => former \notin kept /\ Joiner \notin Electorate(v)
                      /\ kept \cup joining # Electorate(v)
                      /\ MayLeaveOut(Electorate(v) \ kept, v)
                      /\ proposed' = [proposed EXCEPT ![v][b] = [members |-> kept \cup joining, cut |-> cut]]
    /\ UNCHANGED <<processVars, broadcastVars, viewVars, promised, accepted, promises, votes>>

(* p, which has stopped, is sent what it lacks of a cut. *)
Supply(p, b) ==
    /\ p \in alive /\ view[p] \in Changes /\ Stopped(p)
    /\ LET value == proposed[view[p]][b]
       IN /\ value # None
          /\ ~Covers(held[p], value.cut)
          /\ held' = [held EXCEPT ![p] = [s \in Processes |-> Larger(held[p][s], value.cut[s])]]
    /\ UNCHANGED <<delivered, sent, acked, processVars, viewVars, promised, accepted, messageVars>>

(* p accepts the proposal of ballot b, for which it has reported, when it holds the whole cut. *)
Accept(p, b) ==
    /\ p \in alive
    /\ \E v \in Changes :
        /\ v = view[p] \/ (Variant = "majority-of-names" /\ view[p] = 0 /\ p = Joiner /\ v = 1)
        /\ promised[p] = b
        /\ proposed[v][b] # None
        /\ p \notin votes[v][b]
        /\ Covers(held[p], proposed[v][b].cut) \/ Variant = "accept-without-cut" \/ view[p] = 0
        /\ accepted' = [accepted EXCEPT ![p] = [ballot |-> b, value |-> proposed[v][b]]]
        /\ votes' = [votes EXCEPT ![v][b] = @ \cup {p}]
    /\ UNCHANGED <<processVars, broadcastVars, viewVars, promised, promises, proposed>>

(* A member of view v learns that the proposal of ballot b is agreed, holds the cut, delivers it, and goes on. *)
Install(p, b) ==
    /\ p \in alive /\ view[p] \in Changes
    /\ LET v == view[p]
           value == proposed[v][b]
           unflushed == Variant = "install-without-flush"
           flushed == [s \in Processes |-> Larger(delivered[p][s], value.cut[s])]
       IN /\ Chosen(v, b)
          /\ p \in value.members
          /\ Covers(held[p], value.cut) \/ unflushed
          /\ view' = [view EXCEPT ![p] = v + 1]
          /\ installed' = [installed EXCEPT ![p][v + 1] = value]
          /\ closed' = [closed EXCEPT ![p][v] = IF unflushed THEN delivered[p] ELSE flushed]
          /\ held' = [held EXCEPT ![p] = value.cut]
          /\ delivered' = [delivered EXCEPT ![p] = value.cut]
          /\ promised' = [promised EXCEPT ![p] = 0]
          /\ accepted' = [accepted EXCEPT ![p] = None]
    /\ UNCHANGED <<processVars, sent, acked, messageVars>>

(* A joiner installs the first view that holds it, at its cut. *)
InstallFirst(p, v, b) ==
    /\ p \in alive /\ view[p] = 0
    /\ Installers(v) # {} /\ Chosen(v, b)
    /\ LET value == proposed[v][b]
           start == IF Variant = "joiner-from-zero" THEN Zero ELSE value.cut
       IN /\ p \in value.members
          /\ view' = [view EXCEPT ![p] = v + 1]
          /\ installed' = [installed EXCEPT ![p][v + 1] = value]
          /\ held' = [held EXCEPT ![p] = start]
          /\ delivered' = [delivered EXCEPT ![p] = start]
          /\ promised' = [promised EXCEPT ![p] = 0]
          /\ accepted' = [accepted EXCEPT ![p] = None]
    /\ UNCHANGED <<processVars, closed, sent, acked, messageVars>>

Next ==
    \/ \E p \in Processes : Crash(p) \/ Restart(p) \/ Leave(p) \/ Broadcast(p)
    \/ \E p, q \in Processes : Suspect(p, q) \/ Receive(p, q) \/ Deliver(p, q)
    \/ \E p \in Processes, b \in 1 .. Ballots : Report(p, b) \/ Supply(p, b) \/ Accept(p, b) \/ Install(p, b)
    \/ \E v \in Changes, b \in 1 .. Ballots : (Installers(v) # {} /\ Propose(v, b)) \/ InstallFirst(Joiner, v, b)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties *)

(* What counts as delivered before view v: a joiner owes nothing older than its first view. *)
Opening(p, v) == installed[p][v].cut
DeliveredSoFar(p, v) == IF v \in Changes /\ closed[p][v] # None THEN closed[p][v] ELSE delivered[p]
DeliveredIn(p, v) == {<<s, k>> \in Processes \X (1 .. Broadcasts) :
    k > Opening(p, v)[s] /\ k <= DeliveredSoFar(p, v)[s]}

(* Any two processes that install view v install the same members. *)
ViewAgreement == \A v \in 1 .. Views : \A p, q \in Installers(v) :
    installed[p][v].members = installed[q][v].members

(* Any two processes that install v and then v + 1 deliver the same messages between the two. *)
VirtualSynchrony == \A v \in Changes : \A p, q \in Installers(v) :
    closed[p][v] # None /\ closed[q][v] # None => DeliveredIn(p, v) = DeliveredIn(q, v)

(* What any process delivers in view v, also one that then crashes or is excluded, every one delivers that goes on to
   view v + 1; and a majority of v holds it, so that no crash of a minority can take it away. *)
UniformAgreement == \A v \in 1 .. Views : \A p \in Installers(v) : \A m \in DeliveredIn(p, v) :
    /\ v \in Changes => \A q \in Installers(v) : closed[q][v] # None => m \in DeliveredIn(q, v)
    /\ view[p] = v => IsMajority({q \in Processes : held[q][m[1]] >= m[2]}, MembersOf(p, v))

(* A message is delivered in the view in which it was broadcast. *)
SendingViewDelivery == \A v \in 1 .. Views : \A p \in Installers(v) :
    LET start == IF Variant = "joiner-from-zero" /\ p = Joiner THEN Zero ELSE Opening(p, v)
    IN \A s \in Processes : \A k \in start[s] + 1 .. DeliveredSoFar(p, v)[s] :
        \A w \in 1 .. v - 1 : k > sent[w][s]

(* Nobody counts for what a former incarnation did: an acknowledgement that counts is of a process that holds the
   message; a view is agreed by processes that were in the one before. *)
NoAmnesia ==
    /\ \A p \in Processes : view[p] > 0 =>
        \A q \in MembersOf(p, view[p]), s \in Processes :
            Acknowledged(p, view[p], q, s) > installed[p][view[p]].cut[s] =>
                held[q][s] >= Acknowledged(p, view[p], q, s)
    /\ \A v \in Changes, b \in 1 .. Ballots : votes[v][b] # {} => votes[v][b] \subseteq Electorate(v)

(* A cut that is agreed is held by a majority of the old view: it cannot be lost. *)
CutIsHeld == \A v \in Changes, b \in 1 .. Ballots :
    Installers(v) # {} /\ Chosen(v, b) =>
        IsMajority({p \in Processes : view[p] > v \/ Covers(held[p], proposed[v][b].cut)}, Electorate(v))

(* A process that runs is left out only by its own will, or when a majority of the view has suspected it. *)
ExclusionByMajority == \A v \in Changes : \A p \in Installers(v + 1) \cap Installers(v) :
    \A q \in (MembersOf(p, v) \cap alive) \ MembersOf(p, v + 1) :
        q \in leaving \/ IsMajority({r \in Processes : <<r, q>> \in suspicions}, MembersOf(p, v))

(* Processes that are in no view yet, or learn that theirs has ended, count as down. *)
Up == {p \in alive : view[p] > 0 /\ ~Excluded(p)}

(* Whether p, which has delivered message k of s in view v, still has it for those that lack it. It forgets it when all
   members of v are known to hold it; and what is in the cut, when all that v + 1 keeps are known to have installed it. *)
Retains(p, v, s, k) ==
    IF view[p] = v
    THEN held[p][s] >= k /\ (Variant = "forget-on-suspicion" =>
            \E q \in MembersOf(p, v) : Acknowledged(p, v, q, s) < k /\ q \in alive /\ <<p, q>> \notin suspicions)
    ELSE view[p] > v /\ closed[p][v] # None /\ closed[p][v][s] >= k /\ Variant # "forget-at-install"

(* As long as fewer than half are down: what a member lacks that was delivered, somebody can give to it. *)
NothingForgotten == 2 * Cardinality(Up) > Cardinality(Members) =>
    \A v \in 1 .. Views : \A p \in Installers(v) : \A m \in DeliveredIn(p, v) : \A q \in MembersOf(p, v) \cap Up :
        view[q] <= v /\ held[q][m[1]] < m[2] => \E r \in Up : Retains(r, v, m[1], m[2])

Symmetry == Permutations(Members)
=============================================================================
