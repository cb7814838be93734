/*
 * One vCPU under KVM's nested SVM, as far as EFER.SVME goes.
 *
 * Written by hand from what the functions of arch/x86/kvm do; each stands here
 * as an inline of its name. Linux 7.0, or with -DV1 or -DV2 the same with one of
 * two patches that were posted for EFER.SVME written by L2:
 *
 *   7.0  8312f1b9dd71: svm_leave_nested() sets GIF, and only where it leaves L2
 *   V1   30 Jan 2026, 2/3: svm_set_efer() does not track SVME in guest mode
 *   V2   9 Feb 2026: to clear it there requests a triple fault, then leaves
 *
 * The host has nested paging and NRIPS, no vGIF, no virtual VMLOAD. L1 intercepts
 * VMRUN and VMMCALL, and in one setup of three the EFER write.
 *
 * Every operation is one d_step: a stored state is what stands between two
 * instructions or two ioctls. What no later operation may read does not count:
 * forget_dead() blanks it.
 */

/* Who has the vCPU. A shutdown stays one until userspace's next ioctl. */
#define GUEST		0
#define USERSPACE	1
#define SHUTDOWN	2

/*
 * An instruction pointer. The program is written while it is executed, so of a
 * place in L1's or L2's code only this counts: does an instruction stand there
 * already, or is it the end, where the next one is chosen.
 */
#define NOWHERE		0
#define L1_WRITTEN	1
#define L1_END		2
#define L2_WRITTEN	3
#define L2_END		4
#define AT_END(p)	((p) == L1_END || (p) == L2_END)

/* EFER.SVME in the save area of vmcb12. L1 fills it in at its first VMRUN. */
#define UNSET		0
#define SVME_0		1
#define SVME_1		2
#define SAVED(bit)	((bit) -> SVME_1 : SVME_0)

/* L2's own EFER write dropped guest mode without a #VMEXIT, and nothing else happened since. */
#define NOT_ASTRAY	0
#define ASTRAY		1
#define SHUT_DOWN	2	/* but for a KVM_EXIT_SHUTDOWN */

unsigned owner : 2;
bit completion;			/* vcpu->arch.complete_userspace_io: a port write */
bit guest_mode;			/* HF_GUEST_MASK; vmcb02 is current if and only if set */
bit svme;			/* in vcpu->arch.efer; the hardware's is always set */
bit initialized;		/* svm->nested.initialized */
bit gif;
bit triple_fault;		/* KVM_REQ_TRIPLE_FAULT */
bit get_pages;			/* KVM_REQ_GET_NESTED_STATE_PAGES */
unsigned rip : 3;
unsigned rip01 : 3;		/* vmcb01 save.rip: L1 after its VMRUN */
unsigned next_rip01 : 3;	/* control.next_rip, of the last instruction intercept */
unsigned next_rip02 : 3;

/* vmcb12 in L1's memory, and what VMRUN copied to svm->nested.ctl. */
bit msr_prot12;			/* INTERCEPT_MSR_PROT */
bit msrpm12;			/* the bit for EFER writes in L1's map */
unsigned efer12 : 2;
unsigned rip12 : 3;
bit ctl_msr_prot;

/* What KVM_GET_NESTED_STATE returned. Userspace asks once. */
bit got, got_guest_mode, got_msr_prot;
unsigned got_next_rip : 3, got_rip01 : 3;

unsigned stray : 2;
/* Scratch of one operation, not part of a state. */
hidden byte here, next, old;
hidden byte I6, I13, I14, I19;

inline svm_leave_nested() {
	gif = gif || guest_mode;	/* 8312f1b9dd71 */
	guest_mode = 0; get_pages = 0
}

/* What is written differs in SVME only. 2fcf4876ada8: allocate on set, free on clear. */
inline svm_set_efer(value) {
	old = svme;
	svme = value;
#ifdef V1
	old = (guest_mode -> svme : old);	/* svm_set_efer_svme() returns at once */
#endif
	if
	:: svme == old
	:: svme > old -> initialized = 1
	:: svme < old ->
#ifdef V2
		triple_fault = triple_fault || guest_mode;
#endif
		svm_leave_nested();
		initialized = 0
	fi
}

/* It runs on the VMCB that is current by then. Without a next_rip it would decode at RIP. */
inline kvm_skip_emulated_instruction() {
	rip = (guest_mode -> next_rip02 : next_rip01);
	assert(rip != NOWHERE)
}

inline nested_svm_vmexit() {
	guest_mode = 0; get_pages = 0;
	efer12 = SAVED(svme);
	rip12 = rip;			/* on the instruction: L1 moves it past */
	gif = 0;
	svm_set_efer(1);		/* vmcb01's, and L1 could execute VMRUN */
	rip = rip01
}

/* 7.0 leaves GIF alone where vmcb12 is refused: f85a6ce06e4a came later. */
inline nested_svm_vmrun() {
	kvm_skip_emulated_instruction();
	assert(initialized);		/* its WARN */
	ctl_msr_prot = msr_prot12;
	if
	:: efer12 == SVME_1 ->		/* enter_svm_guest_mode() */
		rip01 = rip;
		guest_mode = 1;
		rip = rip12;
		gif = 1
	:: else fi			/* VMEXIT_INVALID */
}

inline svm_get_nested_state() {
	got = 1;
	got_guest_mode = guest_mode;
	got_msr_prot = guest_mode && ctl_msr_prot;
	/* svm->nested.ctl has that of L2's last exit. */
	got_next_rip = (guest_mode -> next_rip02 : NOWHERE);
	got_rip01 = (guest_mode -> rip01 : NOWHERE)
}

/* Without GUEST_MODE. 6f4d3ebc24c6: with SVME=0 there need be no flags at all. */
inline svm_set_nested_state(gif_set) {
	svm_leave_nested();
	gif = gif_set
}

/* GUEST_MODE and GIF_SET. Userspace puts back what it got; if it has nothing yet, it asks now. */
inline svm_set_nested_state_guest_mode() {
	if :: !got -> svm_get_nested_state() :: else fi;
	if
	:: svme && got_guest_mode ->
		svm_leave_nested();
		gif = 1;
		rip01 = got_rip01; ctl_msr_prot = got_msr_prot;
		guest_mode = 1;
		next_rip02 = got_next_rip;
		get_pages = 1
	:: else fi			/* -EINVAL: SVME is clear, or no vmcb12 in the payload */
}

/* Requests in their order. In guest mode L1's SHUTDOWN intercept would come first; it has none. */
inline vcpu_enter_guest() {
	assert(!get_pages || guest_mode);	/* svm_get_nested_state_pages() has a WARN */
	get_pages = 0;
	owner = (triple_fault -> SHUTDOWN : GUEST);
	triple_fault = 0
}

inline kvm_arch_vcpu_ioctl_run() {
	if :: completion -> kvm_skip_emulated_instruction() :: else fi;
	completion = 0;
	vcpu_enter_guest()
}

/* svm_set_efer() itself, none of set_efer()'s checks. No fault may come of it that the guest sees. */
inline kvm_arch_vcpu_ioctl_set_sregs(value) {
	I13 = triple_fault;
	svm_set_efer(value);
	I13 = I13 || !triple_fault;
	assert(I13)
}

/* The instruction at RIP was chosen: it stands there from now on, and the end is behind it. */
#define AGED(p)		((p) == next -> here : (p))
inline fetch() {
	next = rip; here = next - 1; rip = here;
	rip01 = AGED(rip01);
	next_rip01 = AGED(next_rip01);
	rip12 = AGED(rip12);
	got_next_rip = AGED(got_next_rip);
	got_rip01 = AGED(got_rip01)
}

/* The processor puts the address of the next instruction into the current VMCB. */
inline vmexit() {
	fetch();
	next_rip01 = (guest_mode -> next_rip01 : next);
	next_rip02 = (guest_mode -> next : next_rip02)
}

inline msr_interception(value) {
	vmexit();
	if
	:: guest_mode && ctl_msr_prot && msrpm12 -> nested_svm_vmexit()	/* nested_svm_exit_handled_msr() */
	:: else ->
		stray = (guest_mode -> ASTRAY : stray);
		svm_set_efer(value);
		kvm_skip_emulated_instruction()
	fi;
	vcpu_enter_guest()
}

inline vmrun_interception() {
	efer12 = (!guest_mode && efer12 == UNSET -> SAVED(svme) : efer12);
	vmexit();
	if
	:: guest_mode -> nested_svm_vmexit()
	:: !guest_mode && svme -> nested_svm_vmrun()
	:: !guest_mode && !svme -> rip = next	/* #UD; its handler steps over */
	fi
}

inline vmmcall_interception() {
	vmexit();
	if :: guest_mode -> nested_svm_vmexit() :: else -> kvm_skip_emulated_instruction() fi
}

/* STGI and CLGI. L0 carries out those of L2 too, on behalf of L1, which does not intercept them. */
inline gif_interception(value) {
	vmexit();
	gif = (svme -> value : gif);		/* else #UD */
	rip = next
}

inline io_interception() {
	vmexit();
	completion = 1; owner = USERSPACE
}

/* L1 moves vmcb12's RIP on. One that points into L1's own code still has executed code before it. */
inline vmcb12_rip_next() {
	fetch();
	rip12 = (rip12 == L2_WRITTEN -> L2_END : L1_WRITTEN);
	rip = next
}

inline forget_dead() {
	rip01 = (guest_mode -> rip01 : NOWHERE);
	ctl_msr_prot = guest_mode && ctl_msr_prot;
	/* Exits write them; a port write that userspace has not completed reads them first. */
	next_rip01 = (guest_mode || owner != GUEST -> next_rip01 : NOWHERE);
	next_rip02 = (guest_mode && completion -> next_rip02 : NOWHERE);
	/* Nothing is ever injected, so only KVM_GET_NESTED_STATE asks. */
	gif = gif && !got
}

inline done() {
	I6 = !guest_mode || svme;
	assert(I6);
	I19 = initialized == svme;
	assert(I19);
	stray = (guest_mode -> NOT_ASTRAY : (owner == SHUTDOWN && stray == ASTRAY -> SHUT_DOWN : stray));
	I14 = owner != GUEST || stray != ASTRAY;
	assert(I14);
	stray = (owner == GUEST -> NOT_ASTRAY : stray);
	forget_dead()
}

inline setup(msr_prot, map) {
	svme = 1; initialized = 1; gif = 1; rip = L1_END; rip12 = L2_END;
	msr_prot12 = msr_prot; msrpm12 = map
}

/* Where RIP stands on a written instruction, nothing is left to choose: an end state. */
#define CODE	owner == GUEST && AT_END(rip)
#define IOCTL	owner != GUEST -> owner = USERSPACE

active proctype vcpu()
{
	if
	:: d_step { setup(0, 0); done() }
	:: d_step { setup(1, 1); done() }
	:: d_step { setup(1, 0); done() }
	fi;
end:	do
	:: d_step { CODE -> msr_interception(0); done() }
	:: d_step { CODE -> msr_interception(1); done() }
	:: d_step { CODE -> vmrun_interception(); done() }
	:: d_step { CODE -> vmmcall_interception(); done() }
	:: d_step { CODE -> gif_interception(1); done() }
	:: d_step { CODE -> gif_interception(0); done() }
	:: d_step { CODE -> io_interception(); done() }
	:: d_step { CODE && rip == L1_END && !AT_END(rip12) -> vmcb12_rip_next(); done() }
	:: d_step { IOCTL; kvm_arch_vcpu_ioctl_run(); done() }
	:: d_step { IOCTL; kvm_arch_vcpu_ioctl_set_sregs(0); done() }
	:: d_step { IOCTL; kvm_arch_vcpu_ioctl_set_sregs(1); done() }
	:: d_step { IOCTL; svm_set_nested_state(1); done() }
	:: d_step { IOCTL; svm_set_nested_state(0); done() }
	:: d_step { IOCTL; svm_set_nested_state_guest_mode(); done() }
	od
}
