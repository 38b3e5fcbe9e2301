"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as source from "@/lib/services/blind-source";
import * as onboarding from "@/lib/services/onboarding";
import * as answers from "@/lib/services/onboarding-answers";
import * as steps from "@/lib/services/onboarding-steps";
import * as training from "@/lib/services/onboarding-training";

export async function saveOnboarding(input: Parameters<typeof onboarding.saveOnboarding>[0]) {
  return shown(await onboarding.saveOnboarding(input));
}

export async function publishConsent(input: Parameters<typeof onboarding.publishConsent>[0]) {
  return shown(await onboarding.publishConsent(input));
}

export async function proposeQuiz(input: Parameters<typeof onboarding.proposeQuiz>[0]) {
  return onboarding.proposeQuiz(input);
}

export async function saveAnswers(input: Parameters<typeof answers.saveAnswers>[0]) {
  return shown(await answers.saveAnswers(input));
}

export async function withdrawAnswers(input: Parameters<typeof answers.withdrawAnswers>[0]) {
  return shown(await answers.withdrawAnswers(input));
}

export async function giveConsent(input: Parameters<typeof steps.giveConsent>[0]) {
  return shown(await steps.giveConsent(input));
}

export async function withdrawConsent(input: Parameters<typeof steps.withdrawConsent>[0]) {
  return shown(await steps.withdrawConsent(input));
}

export async function takeQuiz(input: Parameters<typeof steps.takeQuiz>[0]) {
  return steps.takeQuiz(input);
}

export async function retryTraining(input: Parameters<typeof training.retryTraining>[0]) {
  return training.retryTraining(input);
}

export async function revealSource(input: Parameters<typeof source.revealSource>[0]) {
  return source.revealSource(input);
}
