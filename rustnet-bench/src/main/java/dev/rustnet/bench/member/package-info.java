/**
 * What runs in the JVM of one member of a group under test: {@link dev.rustnet.bench.member.MemberProcess} builds the
 * {@link dev.rustnet.bench.member.Member} that its {@link dev.rustnet.bench.member.Role} names, listens to lines on standard
 * input, and answers with what was delivered ({@link dev.rustnet.bench.member.Deliveries}) and used ({@link
 * dev.rustnet.bench.member.Sample}).
 */
@NullMarked
package dev.rustnet.bench.member;

import org.jspecify.annotations.NullMarked;
