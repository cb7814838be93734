/** Mails and diffs for tests: the changes that the model's patches make, in C that was written for the purpose. */

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const fileOf = (name: string, text: string) => ({ name, bytes: bytes(text), text });

const head = (file: string): string => `diff --git a/${file} b/${file}
index 1111111..2222222 100644
--- a/${file}
+++ b/${file}
`;

const svm = 'arch/x86/kvm/svm/svm.c';
const setEfer = 'int svm_set_efer(struct kvm_vcpu *vcpu, u64 efer)';

/** A request before nested is left, on that condition. */
export const tripleFaultDiff = (condition: string): string => `${head(svm)}@@ -210,5 +210,9 @@ ${setEfer}
 
 	if ((old_efer & EFER_SVME) != (efer & EFER_SVME)) {
 		if (!(efer & EFER_SVME)) {
+			/* written for a test */
+			if (${condition})
+				kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu);
+
 			svm_leave_nested(vcpu);
 			if (!enable_vmware_backdoor)
`;

/** The same after nested was left: another change. */
export const lateFaultDiff = `${head(svm)}@@ -210,4 +210,7 @@ ${setEfer}
 		if (!(efer & EFER_SVME)) {
 			svm_leave_nested(vcpu);
+			if (is_guest_mode(vcpu))
+				kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu);
+
 			if (!enable_vmware_backdoor)
 				clr_exception_intercept(svm, GP_VECTOR);
`;

export const v1Diff = `${head(svm)}@@ -190,5 +190,9 @@ static int svm_set_efer_svme(struct kvm_vcpu *vcpu, u64 old_efer, u64 new_efer)
 	if ((old_efer & EFER_SVME) == (new_efer & EFER_SVME))
 		return 0;
 
+	/* written for a test */
+	if (is_guest_mode(vcpu))
+		return 0;
+
 	if (new_efer & EFER_SVME) {
 		r = svm_allocate_nested(svm);
`;

/** The same with the rest of the function around it. */
export const wholeV1Diff = v1Diff.replace('@@ -190,5 +190,9 @@', '@@ -190,12 +190,16 @@').concat(` 		if (r)
 			return r;
 	} else {
 		svm_leave_nested(vcpu);
 		if (!is_smm(vcpu))
 			svm_free_nested(svm);
 	}
`);

export const gifDiff = `${head('arch/x86/kvm/svm/nested.c')}@@ -90,4 +90,5 @@ void svm_leave_nested(struct kvm_vcpu *vcpu)
 		nested_svm_uninit_mmu_context(vcpu);
 		vmcb_mark_all_dirty(svm->vmcb);
 
+		svm_set_gif(svm, true);
 	}
${head(svm)}@@ -212,5 +212,4 @@ ${setEfer}
 		if (!(efer & EFER_SVME)) {
 			svm_leave_nested(vcpu);
-			svm_set_gif(svm, true);
 			if (!enable_vmware_backdoor)
 				clr_exception_intercept(svm, GP_VECTOR);
`;

export const hookDiff = `${head(svm)}@@ -70,5 +70,8 @@ static int msr_interception(struct kvm_vcpu *vcpu)
 	if (svm->vmcb->control.exit_info_1) {
+		efer_l2 = is_guest_mode(vcpu) && kvm_rcx_read(vcpu) == MSR_EFER;
 		r = kvm_emulate_wrmsr(vcpu);
+		if (r && efer_l2 && !is_guest_mode(vcpu))
+			kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu);
 		return r;
 	}
 	return 1;
`;

/** The same as it would be typed: the test turned round, its second branch first, the local at the head. */
export const turnedHookDiff = `${head(svm)}@@ -68,9 +68,15 @@ static int made_up_before(struct kvm_vcpu *vcpu)
 
 static int msr_interception(struct kvm_vcpu *vcpu)
 {
-	if (to_svm(vcpu)->vmcb->control.exit_info_1)
-		return kvm_emulate_wrmsr(vcpu);
-	else
+	bool efer_l2 = is_guest_mode(vcpu) && kvm_rcx_read(vcpu) == MSR_EFER;
+	int r;
+
+	if (!to_svm(vcpu)->vmcb->control.exit_info_1)
 		return kvm_emulate_rdmsr(vcpu);
+	r = kvm_emulate_wrmsr(vcpu);
+	/* written for a test */
+	if (r && efer_l2 && !is_guest_mode(vcpu))
+		kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu);
+	return r;
 }
 
`;

export const recalcDiff = `${head(svm)}@@ -220,4 +220,5 @@ ${setEfer}
 			if (svm_gp_erratum_intercept && !sev_guest(vcpu->kvm))
 				set_exception_intercept(svm, GP_VECTOR);
 		}
+		kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu);
 	}
@@ -900,2 +901,3 @@ static void svm_recalc_instruction_intercepts(struct kvm_vcpu *vcpu)
 {
+	bool svme = vcpu->arch.efer & EFER_SVME;
 	struct vcpu_svm *svm = to_svm(vcpu);
`;

/** A change where the model has nothing. */
export const avicDiff = `${head('arch/x86/kvm/svm/avic.c')}@@ -10,2 +10,3 @@ static void avic_made_up(struct kvm_vcpu *vcpu)
 	int id = 0;
+	id += 1;
 	return;
`;

interface Parts {
  readonly subject?: string;
  readonly id?: string;
  readonly from?: string;
  readonly answers?: string;
  readonly headers?: string;
  readonly body?: string;
  readonly diff?: string;
}

/** A mail as `git format-patch` and lists make it. */
export function mail(parts: Parts): string {
  const {
    subject = '[PATCH] KVM: SVM: Written for a test',
    id,
    from = 'Ann Author <ann@example.org>',
  } = parts;
  const lines = [
    `From: ${from}`,
    'Date: Mon, 9 Feb 2026 19:51:41 +0000',
    `Subject: ${subject}`,
    ...(id === undefined ? [] : [`Message-ID: <${id}>`]),
    ...(parts.answers === undefined ? [] : [`In-Reply-To: <${parts.answers}>`]),
    ...(parts.headers === undefined ? [] : [parts.headers]),
    '',
    parts.body ?? 'Why this is done.\n\nSigned-off-by: Ann Author <ann@example.org>',
  ];
  const diff = parts.diff === undefined ? [] : ['---', ' svm.c | 2 ++', '', `${parts.diff}-- `, '2.43.0', ''];
  return [...lines, ...diff, ''].join('\n');
}

export const mbox = (...mails: readonly string[]): string =>
  mails.map((one) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${one}\n`).join('');

export const subjects = {
  tripleFault: 'KVM: SVM: Triple fault L1 on unintercepted EFER.SVME clear by L2',
  v1: 'KVM: nSVM: Do not track EFER.SVME toggling in guest mode',
  gif: "KVM: SVM: Don't set GIF when clearing EFER.SVME",
  recalc: 'KVM: SVM: Recalc instructions intercepts when EFER.SVME is toggled',
} as const;

/** A series of two with a cover letter, an answer, and one copy. */
export const seriesMbox = (): string => {
  const cover = mail({ subject: '[PATCH v2 0/2] KVM: SVM: Two patches', id: 'cover@x', body: 'About both.' });
  const one = mail({
    subject: `[PATCH v2 1/2] ${subjects.tripleFault}`,
    id: '20260209195142.2554532-2-yosry.ahmed@linux.dev',
    answers: 'cover@x',
    diff: tripleFaultDiff('is_guest_mode(vcpu)'),
  });
  const two = mail({
    subject: '[PATCH v2 2/2] KVM: SVM: AVIC',
    id: 'two@x',
    answers: 'cover@x',
    diff: avicDiff,
  });
  const reply = mail({
    subject: 'Re: [PATCH v2 1/2] Hm',
    id: 'reply@x',
    answers: 'cover@x',
    body: '> +x\nNo.',
  });
  return mbox(two, cover, one, reply, one);
};
