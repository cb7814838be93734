import type { FactName, RegionName, RegionState } from './facts.ts';
import { isRegion, stateIndex } from './facts.ts';

/** A computation over a vCPU, as data: what a test asks and what an effect writes. Every value is a number, 0 is false. */
export type Expr =
  | { readonly kind: 'const'; readonly value: number }
  | { readonly kind: 'fact'; readonly fact: FactName }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Expr }
  | { readonly kind: 'all'; readonly of: readonly Expr[] }
  | { readonly kind: 'any'; readonly of: readonly Expr[] }
  | { readonly kind: 'equal'; readonly left: Expr; readonly right: Expr }
  | {
      readonly kind: 'bits';
      readonly op: 'and' | 'or' | 'andNot' | 'add' | 'shiftRight';
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: 'choose'; readonly when: Expr; readonly then: Expr; readonly otherwise: Expr };

/** Where an expression finds its facts and locals. */
export interface Scope {
  read(fact: FactName): number;
  /** Only these bits of it: of a scope that may know some bits of a fact and not others. */
  readBits?(fact: FactName, mask: number): number;
  local(name: string): number;
}

export type ExprLike = Expr | number;

const lift = (value: ExprLike): Expr => (typeof value === 'number' ? { kind: 'const', value } : value);

/** The value of a register, or the index of a region's state. */
export const fact = (name: FactName): Expr => ({ kind: 'fact', fact: name });
/** A parameter or a local variable of the function that runs. */
export const local = (name: string): Expr => ({ kind: 'local', name });
export const equal = (left: ExprLike, right: ExprLike): Expr => ({
  kind: 'equal',
  left: lift(left),
  right: lift(right),
});
/** The region is in the state. */
export const is = <Name extends RegionName>(name: Name, state: RegionState<Name>): Expr =>
  equal(fact(name), stateIndex(name, state));
export const not = (of: ExprLike): Expr => ({ kind: 'not', of: lift(of) });
export const all = (...of: readonly ExprLike[]): Expr => ({ kind: 'all', of: of.map(lift) });
export const any = (...of: readonly ExprLike[]): Expr => ({ kind: 'any', of: of.map(lift) });
export const differ = (left: ExprLike, right: ExprLike): Expr => not(equal(left, right));
const bits =
  (op: 'and' | 'or' | 'andNot' | 'add' | 'shiftRight') =>
  (left: ExprLike, right: ExprLike): Expr => ({
    kind: 'bits',
    op,
    left: lift(left),
    right: lift(right),
  });
export const bitAnd = bits('and');
export const bitOr = bits('or');
/** The bits of the left that are not in the right. */
export const bitAndNot = bits('andNot');
export const add = bits('add');
export const shiftRight = bits('shiftRight');
export const choose = (when: ExprLike, then: ExprLike, otherwise: ExprLike): Expr => ({
  kind: 'choose',
  when: lift(when),
  then: lift(then),
  otherwise: lift(otherwise),
});

const truth = (value: boolean): number => (value ? 1 : 0);

const bitOperations: Readonly<
  Record<'or' | 'andNot' | 'add' | 'shiftRight', (left: number, right: number) => number>
> = {
  or: (left, right) => (left | right) >>> 0,
  andNot: (left, right) => (left & ~right) >>> 0,
  add: (left, right) => (left + right) >>> 0,
  shiftRight: (left, right) => left >>> right,
};

type Compiled = (scope: Scope) => number;

/** Where `left & right` asks bits of one fact, the fact and how far it is shifted. */
function bitsAsked(left: Expr): { readonly fact: FactName; readonly by: Expr | undefined } | undefined {
  if (left.kind === 'fact') return { fact: left.fact, by: undefined };
  const shifted = left.kind === 'bits' && left.op === 'shiftRight' && left.left.kind === 'fact';
  return shifted ? { fact: (left.left as Expr & { kind: 'fact' }).fact, by: left.right } : undefined;
}

function compileAnd(left: Expr, right: Expr): Compiled {
  const whole = compile(left);
  const mask = compile(right);
  const plain: Compiled = (scope) => (whole(scope) & mask(scope)) >>> 0;
  const asked = bitsAsked(left);
  if (!asked) return plain;
  const by = asked.by && compile(asked.by);
  return (scope) => {
    if (!scope.readBits) return plain(scope);
    const shift = by ? by(scope) : 0;
    return scope.readBits(asked.fact, (mask(scope) << shift) >>> 0) >>> shift;
  };
}

const compiled = new WeakMap<Expr, Compiled>();

function compile(expr: Expr): Compiled {
  switch (expr.kind) {
    case 'const':
      return () => expr.value;
    case 'fact':
      return (scope) => scope.read(expr.fact);
    case 'local':
      return (scope) => scope.local(expr.name);
    case 'not': {
      const of = compile(expr.of);
      return (scope) => truth(of(scope) === 0);
    }
    case 'all': {
      const of = expr.of.map(compile);
      return (scope) => truth(of.every((part) => part(scope) !== 0));
    }
    case 'any': {
      const of = expr.of.map(compile);
      return (scope) => truth(of.some((part) => part(scope) !== 0));
    }
    case 'equal': {
      const left = compile(expr.left);
      const right = compile(expr.right);
      return (scope) => truth(left(scope) === right(scope));
    }
    case 'bits': {
      if (expr.op === 'and') return compileAnd(expr.left, expr.right);
      const left = compile(expr.left);
      const right = compile(expr.right);
      const operation = bitOperations[expr.op];
      return (scope) => operation(left(scope), right(scope));
    }
    case 'choose': {
      const when = compile(expr.when);
      const then = compile(expr.then);
      const otherwise = compile(expr.otherwise);
      return (scope) => (when(scope) === 0 ? otherwise(scope) : then(scope));
    }
  }
}

/** The value of an expression. */
export function evaluate(expr: Expr, scope: Scope): number {
  let run = compiled.get(expr);
  if (!run) {
    run = compile(expr);
    compiled.set(expr, run);
  }
  return run(scope);
}

/** A scope that can hand a value on without looking at it. */
export interface CarryingScope extends Scope {
  peek(fact: FactName): number;
  peekLocal(name: string): number;
}

/** The value of an expression, to be put somewhere: what is only moved is not looked at. */
export function carry(expr: Expr, scope: CarryingScope): number {
  switch (expr.kind) {
    case 'fact':
      return scope.peek(expr.fact);
    case 'local':
      return scope.peekLocal(expr.name);
    case 'choose':
      return carry(evaluate(expr.when, scope) === 0 ? expr.otherwise : expr.then, scope);
    default:
      return evaluate(expr, scope);
  }
}

/** The facts that an expression reads, each once, in the order in which they stand in it. */
export function factsOf(expr: Expr): readonly FactName[] {
  const found = new Set<FactName>();
  const visit = (at: Expr): void => {
    switch (at.kind) {
      case 'const':
      case 'local':
        return;
      case 'fact':
        found.add(at.fact);
        return;
      case 'not':
        return visit(at.of);
      case 'all':
      case 'any':
        return at.of.forEach(visit);
      case 'equal':
      case 'bits':
        visit(at.left);
        return visit(at.right);
      case 'choose':
        visit(at.when);
        visit(at.then);
        return visit(at.otherwise);
    }
  };
  visit(expr);
  return [...found].toSorted((left, right) => Number(isRegion(right)) - Number(isRegion(left)));
}

/** The locals that an expression reads. */
export function localsIn(expr: Expr): readonly string[] {
  switch (expr.kind) {
    case 'const':
    case 'fact':
      return [];
    case 'local':
      return [expr.name];
    case 'not':
      return localsIn(expr.of);
    case 'all':
    case 'any':
      return expr.of.flatMap(localsIn);
    case 'equal':
    case 'bits':
      return [...localsIn(expr.left), ...localsIn(expr.right)];
    case 'choose':
      return [expr.when, expr.then, expr.otherwise].flatMap(localsIn);
  }
}
