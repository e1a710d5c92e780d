// Signing in: by password, by the organisation's provider, or both; then back to where one was going.
import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, body, csrfToken } from "~/api/client";
import { meQuery } from "~/api/me";
import { asProblem } from "~/api/problem";
import type { Me, SignIn, SignInOptions } from "~/api/schema";
import { CopyCommand } from "~/components/CopyCommand";
import { ErrorCard } from "~/components/ErrorCard";
import { Mark } from "~/shell/Mark";
import { ChoosePassword } from "./ChoosePassword";
import { sentenceFor } from "./problems";
import css from "./signin.module.css";

export default function SignInView() {
  const { back, problem } = useSearch({ from: "/signin" });
  const options = useQuery({
    queryKey: ["signin"],
    queryFn: ({ signal }) => body(api.GET("/api/tradewind/v1/signin", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const found = useQuery({ ...meQuery, enabled: csrfToken() !== "", retry: false });
  const me = signedIn?.me ?? found.data;
  useEffect(() => {
    document.title = "Sign in · Tradewind";
  }, []);
  return (
    <main className={css.page}>
      <div className={css.card}>
        <div className={css.brand}>
          <Mark size={34} />
          <h1>Tradewind</h1>
        </div>
        {problem && (
          <Alert color="red" mb="md" role="alert">
            {sentenceFor(problem)}
          </Alert>
        )}
        {options.isError && <ErrorCard error={options.error} onRetry={options.refetch} />}
        {me?.must_change_password ? (
          <ChoosePassword name={me.name} old={signedIn?.password ?? ""} back={back ?? "/"} />
        ) : (
          options.data && <Ways options={options.data} back={back ?? "/"} onSignedIn={setSignedIn} />
        )}
      </div>
    </main>
  );
}

interface SignedIn {
  me: Me;
  password: string;
}

interface WaysProps {
  options: SignInOptions;
  back: string;
  onSignedIn: (found: SignedIn) => void;
}

function Ways({ options, back, onSignedIn }: WaysProps) {
  const both = options.has_password && options.oidc_name;
  return (
    <Stack gap="md">
      {options.oidc_name && (
        <Button
          component="a"
          href={`${options.oidc_url}?next=${encodeURIComponent(back)}`}
          size="sm"
          fullWidth
          variant={options.has_password ? "default" : "filled"}
        >
          Sign in with {options.oidc_name}
        </Button>
      )}
      {both && <Divider label="or" />}
      {options.has_password && <PasswordForm back={back} onSignedIn={onSignedIn} />}
    </Stack>
  );
}

function PasswordForm({ back, onSignedIn }: Omit<WaysProps, "options">) {
  const form = useForm<SignIn>({
    initialValues: { username: "", password: "" },
    validate: {
      username: (value) => (value ? null : "Your name"),
      password: (value) => (value ? null : "Your password"),
    },
  });
  const signIn = useMutation({
    mutationFn: (sent: SignIn) => body(api.POST("/api/tradewind/v1/session", { body: sent })),
    // A full load: nothing of what was shown to somebody else stays in this page.
    onSuccess: (me, { password }) =>
      me.must_change_password ? onSignedIn({ me, password }) : window.location.assign(back),
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      <Stack gap="sm">
        <TextInput
          label="Name"
          size="sm"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          autoFocus
          {...form.getInputProps("username")}
        />
        <PasswordInput label="Password" size="sm" autoComplete="current-password" {...form.getInputProps("password")} />
        {signIn.isError && <Refused error={signIn.error} />}
        <Button type="submit" size="sm" fullWidth loading={signIn.isPending || signIn.isSuccess}>
          Sign in
        </Button>
        <details className={css.help}>
          <summary>First time here?</summary>
          <p>The first start made a user “admin” with a random password. It was printed once, and is kept here:</p>
          <CopyCommand command="cat ~/.tradewind/admin-password" />
          <p>Lost it? On the server:</p>
          <CopyCommand command="tradewind users reset-password admin" />
        </details>
      </Stack>
    </form>
  );
}

function Refused({ error }: { error: unknown }) {
  const problem = asProblem(error);
  if (problem.status !== 401) return <ErrorCard error={error} />;
  return (
    <Alert color="red" role="alert" p="xs">
      This name and password do not fit.
    </Alert>
  );
}
